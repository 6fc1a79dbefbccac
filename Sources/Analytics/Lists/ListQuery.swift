/// A question for a list of what a site has been sent, or what follows from it.
package struct ListQuery: Hashable, Sendable {
    /// The elements of a list.
    package enum Kind: String, Sendable, CaseIterable {
        /// Hits, each at its time.
        case events
        /// Visits, each at its start.
        case visits
        /// Users with a name who may have been seen in the period, each at the first time.
        case users
    }

    package var kind: Kind
    package var site: SiteID
    package var period: Period
    /// The place behind which the list begins; nil for its beginning.
    package var after: ListCursor?
    /// The most elements; nil for all.
    package var limit: Int?
    /// True to list the hits of machines too.
    package var includesBots = false
    /// The hits of which a visit has to have one, with the site and the period of the list; nil for all visits.
    package var selection: Query?
    /// True for the newest first, of visits with a selection.
    package var isDescending = false

    package init(_ kind: Kind, of site: SiteID, in period: Period, after: ListCursor? = nil, limit: Int? = nil) {
        self.kind = kind
        self.site = site
        self.period = period
        self.after = after
        self.limit = limit
    }
}

extension ListQuery.Kind {
    private static let origin = [
        "source", "channel", "referrer", "utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term",
    ]
    private static let client = [
        "country", "region", "city", "browser", "browser_version", "os", "os_version", "device", "screen", "language",
    ]

    /// The names of the values of an element.
    package var columns: [String] {
        switch self {
        case .events:
            ["time", "name", "host", "path", "title", "user", "visitor"] + Self.origin + Self.client
                + ["value", "currency", "scroll", "engaged", "interactive", "bot", "props"]
        case .visits:
            [
                "start", "duration", "visitor", "entry_host", "entry_page", "exit_host", "exit_page", "pageviews",
                "events",
                "bounce",
            ] + Self.origin + Self.client
        case .users: ["user", "first_seen", "last_seen", "traits"]
        }
    }
}
