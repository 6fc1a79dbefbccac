import Analytics

/// The columns of the three fields of an event in a CSV text.
struct EventColumns: RecordColumns {
    static let wrongHeader = Rejection.Reason.wrongHeader

    let timestamp: Int
    let user: Int
    let event: Int
    let count: Int

    /// Reads a header line; nil if it lacks one of the three names.
    init?(header: CSVScanner.Record, in bytes: Span<UInt8>) {
        var timestamp: Int?
        var user: Int?
        var event: Int?
        for (index, value) in header.values.enumerated() {
            let name = bytes.extracting(value.range)
            // The first of a repeated name counts, as in other formats.
            if timestamp == nil, name.equals("timestamp") { timestamp = index }
            if user == nil, name.equals("user") { user = index }
            if event == nil, name.equals("event") { event = index }
        }
        guard let timestamp, let user, let event else { return nil }
        (self.timestamp, self.user, self.event) = (timestamp, user, event)
        count = header.values.count
    }
}
