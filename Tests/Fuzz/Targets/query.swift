// sources: Tests/Fuzz/Events.swift Sources/Ingest/Formats/*.swift
import Analytics

/// A query string or a form, and a time in it.
func examine(_ bytes: Span<UInt8>) {
    var pairs = 0
    forEachPair(of: bytes) { key, value in
        pairs += 1
        precondition(key.count <= bytes.count && value.range.upperBound <= bytes.count)
    }
    precondition(pairs <= bytes.count + 1)
    examine(EventFields(form: bytes), in: bytes)
    guard let written = try? Timestamp.Written(parsing: bytes) else { return }
    precondition((Timestamp(milliseconds: 0)...Timestamp.latest).contains(written.timestamp))
    _ = written.number(for: written.timestamp.advanced(by: .zero - HourReport.length))
}
