package import Analytics

/// The hits by the names of their properties; counts of different visitors add up.
package struct PropertyCounts: Sendable {
    private var hits: [String: Int] = [:]

    /// - Parameters:
    ///   - timeline: The parts.
    ///   - counts: The hits by part, and by the place of their properties among the texts, counted from 1.
    init(_ timeline: Timeline, _ counts: [[Int]]) {
        for (part, counts) in zip(timeline.parts, counts) {
            let used = zip(part.hits.propTexts, counts.dropFirst()).filter { $0.1 > 0 }
            for (names, count) in zip(Timeline.names(ofProperties: used.map(\.0)), used.map(\.1)) {
                for name in names { hits[name, default: 0] += count }
            }
        }
    }

    /// Adds other visitors.
    package mutating func add(_ other: PropertyCounts) { hits.merge(other.hits, uniquingKeysWith: +) }

    /// The answer: the names by their hits, and then by their bytes.
    ///
    /// - Parameters:
    ///   - limit: The most names.
    ///   - offset: The names that are left out at the beginning.
    /// - Returns: The names; nil if there are too many to be told apart.
    package func report(limit: Int, offset: Int) -> [PropertyUse]? {
        guard hits.count <= Query.limits.groups else { return nil }
        let sorted = hits.sorted { one, other in
            if one.value != other.value { return one.value > other.value }
            return one.key.utf8.lexicographicallyPrecedes(other.key.utf8)
        }
        return sorted.dropFirst(offset).prefix(limit).map { PropertyUse($0.key, hits: $0.value) }
    }
}
