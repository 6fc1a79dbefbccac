// sources: Tests/Fuzz/Events.swift Sources/Ingest/Formats/*.swift
import Analytics

/// One event as a JSON object, and many as an array of them.
func examine(_ bytes: Span<UInt8>) {
    if let fields = try? EventFields(json: bytes) { examine(fields, in: bytes) }
    examine(bytes, as: .jsonArray)
}
