/// The settings of a site, kept as JSON; one that is missing there has its default.
package struct SiteSettings: Sendable, Hashable {
    /// A signal by which a browser says that its user objects to being recognized.
    package enum Signals: String, Sendable, Hashable, Codable, CaseIterable {
        /// `Sec-GPC: 1`, or `gpc` of a hit.
        case gpc
        /// `Sec-GPC` and `DNT: 1`.
        case both
        case none
    }

    /// True if hits without a key are taken.
    package var isOpen = true
    /// True if everybody may ask for its counts and reports.
    package var isPublic = false
    /// The signals that are respected: such a hit has no visitor.
    package var respect = Signals.gpc
    /// True if the part of a URL behind `#` belongs to the path.
    package var keepsFragment = false
    /// The parameters of a query that belong to the path.
    package var queryParameters: [String] = []
    /// The most hits of a day (UTC); nil for `defaultDailyCap`, which does not count those with a server key.
    package var dailyCap: Int?
    /// The hours by which the time of a hit without a server key may lie back.
    package var lateHours = 24
    /// The days for which its hits and events are kept, if that is shorter than on the server; nil for as long.
    package var retentionDays: Int?
    /// The patterns that join pages in reports: a path is shown as the first that it matches.
    package var pageRules: [String] = []
    /// The origins whose pages may read answers about the site.
    package var origins: [ReaderOrigin] = []

    /// The addresses and blocks whose hits are not taken, such as `192.0.2.1` and `2001:db8::/32`.
    package var excludedAddresses: [String] = []

    /// The most hits of a day without a server key, where nothing else is set.
    package static let defaultDailyCap = 10_000_000

    /// The days that `retentionDays` may be: hits up to five days younger than those that are deleted are not taken.
    package static let retentions = 7...36_500

    package init() {}
}

extension SiteSettings: Codable {
    private enum CodingKeys: String, CodingKey {
        case isOpen = "open"
        case isPublic = "public"
        case respect
        case keepsFragment = "hash"
        case queryParameters = "query"
        case dailyCap = "daily_cap"
        case lateHours = "late_hours"
        case retentionDays = "retention_days"
        case pageRules = "pages"
        case origins
        case excludedAddresses = "exclude"
    }

    package init(from decoder: any Decoder) throws {
        let values = try decoder.container(keyedBy: CodingKeys.self)
        isOpen = try values.decodeIfPresent(Bool.self, forKey: .isOpen) ?? isOpen
        isPublic = try values.decodeIfPresent(Bool.self, forKey: .isPublic) ?? isPublic
        respect = try values.decodeIfPresent(Signals.self, forKey: .respect) ?? respect
        keepsFragment = try values.decodeIfPresent(Bool.self, forKey: .keepsFragment) ?? keepsFragment
        queryParameters = try values.decodeIfPresent([String].self, forKey: .queryParameters) ?? queryParameters
        dailyCap = try values.decodeIfPresent(Int.self, forKey: .dailyCap)
        lateHours = try values.decodeIfPresent(Int.self, forKey: .lateHours) ?? lateHours
        retentionDays = try values.decodeIfPresent(Int.self, forKey: .retentionDays)
        pageRules = try values.decodeIfPresent([String].self, forKey: .pageRules) ?? pageRules
        origins = try values.decodeIfPresent([ReaderOrigin].self, forKey: .origins) ?? origins
        excludedAddresses =
            try values.decodeIfPresent([String].self, forKey: .excludedAddresses) ?? excludedAddresses
    }

    /// Writes what differs from the defaults.
    package func encode(to encoder: any Encoder) throws {
        let defaults = SiteSettings()
        var values = encoder.container(keyedBy: CodingKeys.self)
        if isOpen != defaults.isOpen { try values.encode(isOpen, forKey: .isOpen) }
        if isPublic != defaults.isPublic { try values.encode(isPublic, forKey: .isPublic) }
        if respect != defaults.respect { try values.encode(respect, forKey: .respect) }
        if keepsFragment != defaults.keepsFragment { try values.encode(keepsFragment, forKey: .keepsFragment) }
        if !queryParameters.isEmpty { try values.encode(queryParameters, forKey: .queryParameters) }
        try values.encodeIfPresent(dailyCap, forKey: .dailyCap)
        if lateHours != defaults.lateHours { try values.encode(lateHours, forKey: .lateHours) }
        try values.encodeIfPresent(retentionDays, forKey: .retentionDays)
        if !pageRules.isEmpty { try values.encode(pageRules, forKey: .pageRules) }
        if !origins.isEmpty { try values.encode(origins, forKey: .origins) }
        if !excludedAddresses.isEmpty { try values.encode(excludedAddresses, forKey: .excludedAddresses) }
    }
}
