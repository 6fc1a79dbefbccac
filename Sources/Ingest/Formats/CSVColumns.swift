import Analytics

/// The places of the three fields in the records of a CSV text, as its header line gives them.
struct CSVColumns {
    let timestamp: Int
    let user: Int
    let event: Int
    /// All columns of the text, those without a field included.
    let count: Int

    /// Reads the header line; nil if it is no well-formed record or lacks one of the three names.
    init?(header: CSVScanner.Record?, in bytes: Span<UInt8>) {
        guard let header, header.isWellFormed else { return nil }
        var timestamp: Int?
        var user: Int?
        var event: Int?
        for (index, value) in header.values.enumerated() {
            let name = bytes.extracting(value.range)
            // As everywhere, the first of a repeated one counts.
            if timestamp == nil, name.equals("timestamp") { timestamp = index }
            if user == nil, name.equals("user") { user = index }
            if event == nil, name.equals("event") { event = index }
        }
        guard let timestamp, let user, let event else { return nil }
        (self.timestamp, self.user, self.event) = (timestamp, user, event)
        count = header.values.count
    }
}
