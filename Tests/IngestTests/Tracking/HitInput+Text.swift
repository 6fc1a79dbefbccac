import Ingest

extension HitInput {
    /// Reads a JSON object.
    init(_ json: String) throws {
        try self.init(json: json.utf8Span.span)
    }
}
