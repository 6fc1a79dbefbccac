import Analytics

/// All valid times.
private let times = Timestamp(milliseconds: 0)...Timestamp.latest

/// Checks the invariants of an event from any input.
func examine(_ fields: EventFields, in bytes: Span<UInt8>) {
    guard let event = try? Event(fields, in: bytes, accepting: times) else { return }
    examine(event)
}

/// Checks the invariants of a body of many events.
func examine(_ bytes: Span<UInt8>, as format: Bulk.Format) {
    let limit = 100
    guard let bulk = try? Bulk(bytes, format: format, limit: limit, accepting: times) else { return }
    precondition(bulk.events.count <= limit)
    precondition(bulk.errors.count == min(bulk.rejected, Bulk.listedErrors))
    precondition(bulk.errors.allSatisfy { $0.line >= 1 && $0.line <= bytes.count + 1 })
    for event in bulk.events { examine(event) }
}

private func examine(_ event: Event) {
    precondition(times.contains(event.time))
    precondition((1...User.maximumBytes).contains(event.user.text.utf8.count))
    precondition(!event.user.text.utf8.contains(0))
}
