package import Analytics

/// The parts of a site over some time, side by side.
package struct Timeline: Sendable {
    /// The parts in order of their days, none of which is missing but those without hits.
    package let parts: [Part]
    package let lexicon: Lexicon
    /// The midnights in the zone of the site.
    let dates: DateBorders

    package init(_ parts: [Part], _ lexicon: Lexicon, dates: DateBorders) {
        self.parts = parts
        self.lexicon = lexicon
        self.dates = dates
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
