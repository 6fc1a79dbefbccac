import Ingest

extension Substring {
    /// The text of a part of a query string; nil if it is no percent-encoded UTF-8.
    var percentDecoded: String? { percentDecoding(utf8.span).flatMap { String(validating: $0, as: UTF8.self) } }
}
