import Analytics

/// A key of a request with the site that it belongs to.
struct SiteKey: Hashable, Sendable {
    let site: SiteID
    let key: String

    init(_ request: KeyedRequest) {
        site = request.site
        key = request.key.text
    }

    init(site: SiteID, key: String) {
        self.site = site
        self.key = key
    }
}

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
        guard entries.contains(where: { $0.request != nil }) else { return [] }
        var firsts: [SiteKey: Int] = [:]
        return entries.enumerated().map { index, entry in
            guard let request = entry.request else { return .none }
            let key = SiteKey(request)
            guard let first = firsts[key] else {
                firsts[key] = index
                return .first
            }
            let known = entries[first].request?.fingerprint
            let isOther = known != nil && request.fingerprint != nil && known != request.fingerprint
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
            if let request = entry.request, let used = known[SiteKey(request)] {
                return used.isOther(than: request.fingerprint)
                    ? conflicting : .repeated(firstResponse: used.firstResponse)
            }
            return switch use {
            case .none, .first: .stored
            case .again(let first): .repeated(firstResponse: entries[first].request?.response ?? "")
            case .other: conflicting
            }
        }
    }
}
