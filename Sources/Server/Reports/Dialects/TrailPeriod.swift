import Analytics

/// The time of a question in Trail's parameters `start_time` and `end_time`, in seconds since 1970.
struct TrailPeriod: Hashable, Sendable {
    let start: Timestamp
    /// The last moment that counts.
    let end: Timestamp

    /// The last second that is read, at the end of the year 9998: a day later is still a date.
    private static let latest = 253_370_764_799.0

    init(_ parameters: [String: String]) throws(QueryRefusal) {
        start = try Self.time(parameters["start_time"], "start_time")
        end = try Self.time(parameters["end_time"], "end_time")
        guard start <= end else { throw Self.invalid("end_time") }
    }

    private static func time(_ text: String?, _ field: String) throws(QueryRefusal) -> Timestamp {
        guard let text, text.utf8.allSatisfy({ (0x30...0x39).contains($0) || $0 == UInt8(ascii: ".") }),
            let seconds = Double(text), seconds <= latest,
            let milliseconds = Int(exactly: (seconds * 1000).rounded(.down))
        else { throw invalid(field) }
        return Timestamp(milliseconds: milliseconds)
    }

    private static func invalid(_ field: String) -> QueryRefusal { QueryRefusal(field, "Invalid time parameter") }
}
