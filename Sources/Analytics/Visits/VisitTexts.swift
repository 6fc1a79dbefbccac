/// The texts that a visit may show of a hit, by which hits of one millisecond are ordered.
///
/// They are compared one after another, each by its bytes; a missing one comes last.
package struct VisitTexts: Hashable, Sendable {
    private let texts: [[UInt8]?]

    package init(_ hit: Hit) {
        let page = [hit.name, hit.path, hit.host]
        let place = [hit.place?.country, hit.place?.region, hit.place?.city]
        let all = page + (hit.origin ?? Origin()).texts + place + (hit.agent ?? Agent()).texts
        texts = all.map { $0.map { Array($0.utf8) } }
    }
}

extension VisitTexts: Comparable {
    package static func < (first: VisitTexts, second: VisitTexts) -> Bool {
        for (one, other) in zip(first.texts, second.texts) where one != other {
            guard let one else { return false }
            guard let other else { return true }
            return one.lexicographicallyPrecedes(other)
        }
        return false
    }
}
