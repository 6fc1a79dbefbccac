import Ingest

extension HitBulk {
    /// Reads a text.
    init(_ text: String, _ format: Bulk.Format, limit: Int = 1_000) throws(Bulk.Failure) {
        try self.init(text.utf8Span.span, format: format, limit: limit)
    }
}
