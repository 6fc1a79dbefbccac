/// An impression or click of a user.
package struct Event: Hashable, Sendable {
    /// The action of the user; the raw value is stored in the database.
    package enum Kind: Int16, Sendable, CaseIterable {
        case click = 1
        case impression = 2
    }

    package internal(set) var time: Timestamp
    package internal(set) var user: User
    package internal(set) var kind: Kind
    package internal(set) var site: SiteID

    package init(time: Timestamp, user: User, kind: Kind, site: SiteID = Site.standard) {
        self.time = time
        self.user = user
        self.kind = kind
        self.site = site
    }
}

extension Event.Kind {
    /// Reads exactly `click` or `impression`.
    package init(parsing bytes: Span<UInt8>) throws(Rejection) {
        guard !bytes.isEmpty else { throw Rejection(.event, .empty) }
        if bytes.equals("click") {
            self = .click
        } else if bytes.equals("impression") {
            self = .impression
        } else {
            throw Rejection(.event, .unknownEvent)
        }
    }
}
