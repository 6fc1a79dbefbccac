package import Analytics

extension Event {
    /// Reads an event from its three fields; throws the rejection of the first invalid one in order of time, user, event.
    package init(
        _ fields: EventFields,
        in bytes: Span<UInt8>,
        of site: SiteID = Site.standard,
        accepting times: ClosedRange<Timestamp>
    ) throws(Rejection) {
        let time = try decoding(fields.timestamp, .timestamp, in: bytes) { (digits) throws(Rejection) in
            let time = try Timestamp.Written(parsing: digits).timestamp
            guard time >= times.lowerBound else { throw Rejection(.timestamp, .beforeEarliest) }
            guard time <= times.upperBound else { throw Rejection(.timestamp, .afterLatest) }
            return time
        }
        let user = try decoding(fields.user, .user, in: bytes) { (bytes) throws(Rejection) in try User(parsing: bytes) }
        let kind = try decoding(fields.event, .event, in: bytes) { (bytes) throws(Rejection) in
            try Kind(parsing: bytes)
        }
        self.init(time: time, user: user, kind: kind, site: site)
    }
}

extension EventFields {
    /// The text of a key in a query; nil if there is none, or one that is malformed.
    package func keyText(in query: Span<UInt8>) -> String? {
        try? decoding(key, .key, in: query) { (bytes) throws(Rejection) in
            String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        }
    }
}

extension SiteName {
    /// Reads the name of a site from the fields of a query; nil if there is none.
    package init?(_ fields: EventFields, in query: Span<UInt8>) throws(Rejection) {
        guard fields.site != nil else { return nil }
        self = try decoding(fields.site, .site, in: query) { (bytes) throws(Rejection) in try SiteName(parsing: bytes) }
    }
}
