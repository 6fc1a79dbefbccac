import Analytics

extension Hit {
    /// Bytes in the order of the hits of a visitor; hits with the same ones are not told apart.
    var orderKey: [UInt8] {
        let kind: UInt8 = ["pageview": 0, "impression": 2, "engagement": 3][name] ?? 1
        let texts: [UInt8] = [name, path, host].flatMap { text in text.map { Array($0.utf8) + [0] } ?? [0xFF] }
        return Array("\(time.milliseconds)".utf8) + [kind, flags.contains(.interactive) ? 1 : 0] + texts
    }

    func isBefore(_ other: Hit) -> Bool { orderKey.lexicographicallyPrecedes(other.orderKey) }

    /// True if the hit counts as one of a visitor of a date.
    func isDated(_ site: VisitSite) -> Bool {
        flags.contains(.dated) && visitor.map { site.aliases[$0] == nil } ?? false
    }
}

extension Query {
    /// The same question without numbers and rows.
    var ofHits: Query {
        var query = self
        (query.metrics, query.dimensions) = ([], [])
        return query
    }
}
