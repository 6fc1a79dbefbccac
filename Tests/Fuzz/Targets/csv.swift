// sources: Tests/Fuzz/Events.swift Sources/Ingest/Formats/*.swift

/// Many events as CSV.
func examine(_ bytes: Span<UInt8>) {
    examine(bytes, as: .csv)
}
