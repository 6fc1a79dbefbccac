// sources: Tests/Fuzz/Events.swift Sources/Ingest/Formats/*.swift

/// Many events, a JSON object a line.
func examine(_ bytes: Span<UInt8>) {
    examine(bytes, as: .ndjson)
}
