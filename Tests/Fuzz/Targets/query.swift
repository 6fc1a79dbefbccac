// sources: Tests/Fuzz/Events.swift Sources/Ingest/JSONScanner.swift Sources/Ingest/Bulk*.swift
import Analytics

/// A query string or a form.
func examine(_ bytes: Span<UInt8>) {
    var pairs = 0
    forEachPair(of: bytes) { key, value in
        pairs += 1
        precondition(key.count <= bytes.count && value.range.upperBound <= bytes.count)
    }
    precondition(pairs <= bytes.count + 1)
    examine(EventFields(form: bytes), in: bytes)
}
