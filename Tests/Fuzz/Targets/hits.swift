// sources: Tests/Fuzz/Hits.swift Sources/Ingest/Formats/*.swift Sources/Ingest/Tracking/[AS]*/*.swift Sources/Ingest/Tracking/Input/[!H]*.swift Sources/Ingest/Tracking/Input/Hit[A-Z]*.swift

/// One hit as a JSON object and as a form, and many in every format.
func examine(_ bytes: Span<UInt8>) {
    if let hit = try? HitInput(json: bytes) { examine(hit) }
    if let hit = try? HitInput(form: bytes) { examine(hit) }
    let limit = 20
    for format in [Bulk.Format.jsonArray, .ndjson, .csv] {
        guard let rows = try? HitBulk(bytes, format: format, limit: limit).rows else { continue }
        precondition(rows.rows.count <= limit)
        precondition(rows.errors.count == min(rows.rejected, Bulk.listedErrors))
        precondition(rows.errors.allSatisfy { $0.line >= 1 && $0.line <= bytes.count + 1 })
        for hit in rows.rows { examine(hit) }
    }
}
