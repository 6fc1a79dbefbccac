package import Analytics

extension Event {
    /// Reads an event from its three fields, in this order: the first that is at fault is the one reported.
    package init(
        _ fields: EventFields,
        in bytes: Span<UInt8>,
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
        self.init(time: time, user: user, kind: kind)
    }
}
