package import Analytics

/// A hit as its sender describes it, checked field by field; neither its site nor its visitor has been found yet.
///
/// A field that may be cut or left out never refuses the hit; `trimmed` names it.
package struct HitInput: Sendable, Hashable {
    /// The time that a sender gives.
    package enum Moment: Sendable, Hashable {
        /// The time of receipt.
        case receipt
        case at(Timestamp)
        /// Milliseconds before the receipt, by the sender's clock.
        case age(Int)
    }

    /// A field that was cut or left out.
    package enum Trimmed: String, Sendable, Hashable, CaseIterable {
        case url, title, referrer, visitor, props, value, currency, screen, viewport, language, timezone, scroll, engaged
        case ip, userAgent = "user_agent"
        case country, region, city, browser, browserVersion = "browser_version", os, osVersion = "os_version", device
        case source
    }

    /// The fields that a server key may give, and that are not derived then.
    package struct Given: Sendable, Hashable {
        package var country: String?
        package var region: String?
        package var city: String?
        package var browser: String?
        package var browserVersion: String?
        package var os: String?
        package var osVersion: String?
        package var device: String?
        package var source: String?

        package init() {}
    }

    package var site: SiteName?
    package var key: String?
    package var name = "pageview"
    package var url: PageURL?
    package var title: String?
    package var referrer: String?
    package var user: User?
    /// The sender's id of the browser or device.
    package var visitor: String?
    package var moment = Moment.receipt
    package var id: HitID?
    /// The properties, as a JSON object.
    package var props: String?
    package var value: Amount?
    package var currency: String?
    package var screen: String?
    package var viewport: String?
    package var language: String?
    package var timezone: String?
    package var isInteractive = true
    package var scroll: Int16?
    package var engaged: Int32?
    /// True if the sender says that the person objects to being recognized.
    package var objects = false
    /// The address of the client that the sender acts for.
    package var ip: String?
    package var userAgent: String?
    package var given = Given()
    package var trimmed: Set<Trimmed> = []

    package init() {}
}
