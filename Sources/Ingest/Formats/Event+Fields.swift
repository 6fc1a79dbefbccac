package import Analytics

extension Event {
    /// Reads an event from its three fields; throws the rejection of the first invalid one in order of time, user, event.
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
