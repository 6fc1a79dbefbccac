package import Analytics

/// The parts of a site over some time, side by side.
package struct Timeline: Sendable {
    /// The parts in order of their days, none of which is missing but those without hits.
    package let parts: [Part]
    package let lexicon: Lexicon
    /// The midnights in the zone of the site.
    let dates: DateBorders
    /// The parts, and after them those of the visits that go on over a midnight: a run of one of these is a visit, or
    /// engagement before any.
    let scanned: [Part]
    /// The runs of each of these parts that are pieces of visits of others, in ascending order.
    let skipped: [[UInt32]]

    package init(_ parts: [Part], _ lexicon: Lexicon, dates: DateBorders) {
        let borders = Self.borders(of: parts) { VisitBorder(between: $0, and: $1, after: $2, lexicon, dates: dates) }
        self.init(parts, lexicon, dates: dates, borders: borders)
    }

    /// - Parameters:
    ///   - parts: The parts in order of their days.
    ///   - lexicon: The texts of their codes.
    ///   - dates: The midnights in the zone of the site.
    ///   - borders: The visits that go on over the midnights between them.
    package init(_ parts: [Part], _ lexicon: Lexicon, dates: DateBorders, borders: [VisitBorder]) {
        self.parts = parts
        self.lexicon = lexicon
        self.dates = dates
        var (scanned, skipped) = (parts, parts.map { _ in [UInt32]() })
        let places = Dictionary(parts.indices.map { (parts[$0].day, $0) }) { first, _ in first }
        for border in borders {
            guard let visits = border.visits, let before = places[border.day] else { continue }
            skipped[before] += border.runs.before
            skipped[before + 1] += border.runs.after
            scanned.append(visits)
            skipped.append([])
        }
        self.scanned = scanned
        self.skipped = skipped.map { $0.sorted() }
    }

    /// Makes the borders between parts of days that follow each other.
    ///
    /// - Parameters:
    ///   - parts: The parts in order of their days.
    ///   - border: Makes the border between a part and the next one; it also gets the part of the day before both.
    /// - Returns: The borders.
    package static func borders(
        of parts: [Part],
        _ border: (_ part: Part, _ next: Part, _ earlier: Part?) -> VisitBorder
    ) -> [VisitBorder] {
        parts.indices.dropLast().compactMap { place in
            let (part, next) = (parts[place], parts[place + 1])
            guard next.day == part.day + 1 else { return nil }
            let earlier = place > 0 && parts[place - 1].day == part.day - 1 ? parts[place - 1] : nil
            return border(part, next, earlier)
        }
    }

    /// The days whose parts a question about some days needs.
    ///
    /// A visit that reaches into a day may start on the day before, which depends on the day before that, and one that
    /// starts on a day may end on the next.
    package static func days(for asked: ClosedRange<Int>) -> ClosedRange<Int> {
        asked.lowerBound - 2...asked.upperBound + 1
    }

    /// The moment of a hit, in milliseconds since 1970.
    func time(of place: HitPlace) -> Int { parts[place.part].time(of: place.hit) }

    /// The hits of a run.
    func hits(of place: RunPlace) -> Range<Int> { parts[place.part].hits(of: place.run) }
}

/// A hit, by its part and its place there.
struct HitPlace: Hashable, Sendable {
    let part: Int
    let hit: Int
}

/// A run, by its part and its place there.
struct RunPlace: Hashable, Sendable {
    let part: Int
    let run: Int
}
