package import Analytics

/// A hit as its sender describes it, checked field by field; neither its site nor its visitor has been found yet.
///
/// A field that may be cut or left out never refuses the hit; `trimmed` names it. An empty one of these is a missing one.
package struct HitInput: Sendable, Hashable {
    /// The time that a sender gives.
    package enum Moment: Sendable, Hashable {
        /// The time of receipt.
        case receipt
        case at(Timestamp)
        /// Milliseconds before the receipt, by the sender's clock.
        case age(Int)
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
    /// The text of a key, which may be none.
    package var key: String?
    /// The name of the event, of 1 to `charactersOfName` characters.
    package var name = "pageview"
    package var url: PageURL?
    package var title: String?
    /// The address of the page before, as its sender wrote it.
    package var referrer: String?
    package var user: User?
    /// The sender's id of the browser or device, in visible ASCII.
    package var visitor: String?
    package var moment = Moment.receipt
    package var id: HitID?
    /// The properties, as a JSON object.
    package var props: String?
    /// The traits of the user, as a JSON object; no part of a hit.
    package var traits: String?
    package var value: Amount?
    /// Three capitals, as ISO 4217 has them.
    package var currency: String?
    /// The width and height in pixels, such as `1920x1080`.
    package var screen: String?
    package var viewport: String?
    package var language: String?
    package var timezone: String?
    /// True if the hit ends a bounce.
    package var isInteractive = true
    /// The greatest depth of scrolling so far, in per cent; of an `engagement` only.
    package var scroll: Int16?
    /// The visible time since the last `engagement` of the page view, in milliseconds; of an `engagement` only.
    package var engaged: Int32?
    /// True if the sender says that the person objects to being recognized.
    package var objects = false
    /// The address of the client that the sender acts for.
    package var ip: String?
    package var userAgent: String?
    package var given = Given()
    /// The fields that were cut or left out.
    package var trimmed: Set<HitField> = []

    package init() {}
}
