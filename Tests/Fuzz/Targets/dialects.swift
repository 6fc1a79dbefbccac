// sources: Tests/Fuzz/Hits.swift Sources/Ingest/Formats/*.swift Sources/Ingest/Tracking/[AS]*/*.swift Sources/Ingest/Tracking/Input/[!H]*.swift Sources/Ingest/Tracking/Input/Hit[A-Z]*.swift Sources/Ingest/Dialects/*.swift

/// A query of Crumby's script, and a body of Trail's.
func examine(_ bytes: Span<UInt8>) {
    if case .hit(let hit)? = try? CrumbyBeacon(bytes) {
        examine(hit)
        precondition(hit.site == nil && hit.user == nil && hit.id == nil && hit.moment == .receipt)
    }
    if let event = try? TrailEvent(json: bytes) {
        examine(event.input)
        precondition(event.input.key != nil && event.input.visitor == nil)
        precondition(event.session.map { $0.utf8.count == 36 } ?? true)
    }
}
