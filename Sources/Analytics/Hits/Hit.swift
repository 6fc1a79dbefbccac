/// A page view, or an event with the details of a page or an app.
///
/// All texts are within their limits; the visitor has been computed by whoever took the hit.
package struct Hit: Hashable, Sendable {
    /// Facts about a hit; the raw value is stored in the database.
    package struct Flags: OptionSet, Hashable, Sendable {
        package let rawValue: Int16

        package init(rawValue: Int16) { self.rawValue = rawValue }

        /// It ends a bounce.
        package static let interactive = Flags(rawValue: 1)
        /// It is a machine's.
        package static let bot = Flags(rawValue: 2)
        /// The visitor was computed from the name of a user.
        package static let namedUser = Flags(rawValue: 4)
        /// The visitor is one of a date: it was computed from the address, with the salt of the date.
        package static let dated = Flags(rawValue: 8)
        /// It came without a server key, as anybody can send it.
        package static let untrusted = Flags(rawValue: 16)
        /// It was stored more than a minute before or after its time; the store sets it.
        package static let outOfTime = Flags(rawValue: 32)
    }

    package var time: Timestamp
    package var site: SiteID
    /// The visitor who is counted; nil if nobody is.
    package var visitor: Visitor?
    /// The name of the event, such as `pageview`.
    package var name: String
    package var host: String?
    package var path: String?
    package var title: String?
    package var place: Place?
    package var agent: Agent?
    package var origin: Origin?
    package var flags: Flags
    /// The greatest depth of scrolling so far, in per cent.
    package var scroll: Int16?
    /// The time that the page was visible since the last report, in milliseconds.
    package var engaged: Int32?
    package var value: Amount?
    /// The currency of the value (ISO 4217).
    package var currency: String?
    /// The properties, as a JSON object.
    package var props: String?
    /// The sender's name for the hit: the same id on the same site is stored once.
    package var id: HitID?
    /// The name that the sender gave the user; not a column of hits, it is counted in the hour.
    package var user: User?
    /// The visitor that the sender would be without the name: from now on another name of the user's (an alias).
    package var device: Visitor?

    package init(time: Timestamp, site: SiteID = Site.standard, name: String = "pageview", flags: Flags = .interactive)
    {
        self.time = time
        self.site = site
        self.name = name
        self.flags = flags
    }
}

extension Hit {
    /// The event of the hour that the hit is as well: clicks and impressions of visitors who are no machines.
    ///
    /// Its user is the name that the sender gave, or else U+0001 and the 16 hexadecimal digits of the visitor.
    package var event: Event? {
        guard !flags.contains(.bot), let kind = Event.Kind(hit: name) else { return nil }
        guard let user = user ?? visitor.map(\.user) else { return nil }
        return Event(time: time, user: user, kind: kind, site: site)
    }
}

extension Event.Kind {
    /// The kind of event that a hit of this name is; nil for most.
    fileprivate init?(hit name: String) {
        switch name {
        case "click": self = .click
        case "impression": self = .impression
        default: return nil
        }
    }
}
