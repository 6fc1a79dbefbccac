// sources: Tests/Fuzz/Events.swift Sources/Ingest/*Scanner.swift Sources/Ingest/Bulk*.swift

/// Many events as CSV.
func examine(_ bytes: Span<UInt8>) {
    examine(bytes, as: .csv)
}
