import Analytics

/// The relation of an entry, by its key, to the entries before it in a batch.
enum KeyUse: Equatable {
    /// The entry has no key.
    case none
    /// No entry before it has its key.
    case first
    /// The entry at this index has the same key and counts as the same request.
    case again(Int)
    /// The entry at this index has the same key and is another request.
    case other(Int)
}

extension Batch {
    /// The relation of each entry to those before it; empty when none has a key.
    var keyUses: [KeyUse] {
        guard entries.contains(where: { $0.key != nil }) else { return [] }
        var firsts: [IdempotencyKey: Int] = [:]
        return entries.enumerated().map { index, entry in
            guard let key = entry.key else { return .none }
            guard let first = firsts[key] else {
                firsts[key] = index
                return .first
            }
            let known = entries[first].fingerprint
            let isOther = known != nil && entry.fingerprint != nil && known != entry.fingerprint
            return isOther ? .other(first) : .again(first)
        }
    }

    /// The outcome of each entry, once the batch has been committed.
    ///
    /// An acknowledged entry is stored even if its key belongs to another request: it was acknowledged before the
    /// database could compare the keys.
    func outcomes(_ used: [UsedKey]) -> [Outcome] {
        let uses = keyUses
        guard !uses.isEmpty else { return Array(repeating: .stored, count: entries.count) }
        let known = Dictionary(used.map { ($0.key, $0) }, uniquingKeysWith: { first, _ in first })
        let conflicting: Outcome = isAcknowledged ? .stored : .conflicting
        return zip(entries, uses).map { entry, use in
            if let key = entry.key, let used = known[key.text] {
                return used.isOther(than: entry.fingerprint)
                    ? conflicting : .repeated(firstResponse: used.firstResponse)
            }
            return switch use {
            case .none, .first: .stored
            case .again(let first): .repeated(firstResponse: entries[first].response)
            case .other: conflicting
            }
        }
    }
}
