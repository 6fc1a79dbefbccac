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

    /// The moment of a hit, in milliseconds since 1970.
    func time(of place: HitPlace) -> Int {
        parts[place.part].day * Part.length + Int(parts[place.part].hits.times[place.hit])
    }

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
