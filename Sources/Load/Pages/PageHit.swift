/// A hit of a visit that the run sends.
///
/// Kept small, because the hits of all open requests and visits are in memory.
struct PageHit: Equatable, Sendable {
    /// The event that a hit is.
    enum Kind: UInt8, Sendable, CaseIterable {
        case pageview, engagement, click, impression, signup, outboundLink, purchase
        /// A named event that does not end a bounce.
        case progress
    }

    /// The fields by which a hit names its visitor.
    enum Naming: UInt8, Sendable, CaseIterable {
        /// Only the user.
        case user
        /// The user and the device, which is the user's from then on.
        case userAndDevice
        /// Only the device.
        case device
        /// Address and agent: a visitor of one date.
        case address
    }

    /// The number within the run and its site, from which the id is made.
    var number: UInt64 = 0
    /// Milliseconds since the start of the range.
    var time: UInt32
    /// The number of the visitor.
    let user: UInt32
    /// Random bits for details such as the depth of scrolling.
    var detail: UInt32 = 0
    var kind = Kind.pageview
    var naming: Naming
    /// One of the devices of a named user.
    let device: UInt8
    let profile: Profile
    var page: UInt16
    /// The page before; the same as `page` on the first one of a visit.
    var previous: UInt16
    /// 1 + the referrer of the first page view of a visit; 0 for none.
    var referrer: UInt16 = 0
    /// 1 + the campaign of the first page view of a visit; 0 for none.
    var campaign: UInt8 = 0
    /// The same hit is sent once more.
    var isSentTwice = false
}

extension PageHit {
    /// The attributes of a device, as indices in `PageTexts`.
    struct Profile: Equatable, Sendable {
        var country: UInt8
        var agent: UInt8
        var screen: UInt8
        var language: UInt8
    }

    /// It is no report about a page that was viewed before.
    var isCounted: Bool { kind != .engagement }

    /// It ends a bounce, besides page views.
    var isInteractive: Bool {
        switch kind {
        case .click, .signup, .outboundLink, .purchase: true
        case .pageview, .engagement, .impression, .progress: false
        }
    }
}
