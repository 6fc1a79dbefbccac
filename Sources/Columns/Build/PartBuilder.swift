package import Analytics

/// Builds the part of a day from rows in any order.
package struct PartBuilder: Sendable {
    private let day: Int
    private var rows: [HitRow] = []

    /// - Parameter day: The day (UTC), in days since 1970.
    package init(day: Int) { self.day = day }

    /// Adds a hit of the day.
    package mutating func add(_ row: HitRow) { rows.append(row) }

    /// Derives the runs, and orders the hits by them.
    ///
    /// - Parameters:
    ///   - lexicon: The texts of the codes.
    ///   - dates: The midnights in the zone of the site.
    /// - Returns: The part.
    package consuming func part(_ lexicon: Lexicon, dates: DateBorders) -> Part {
        let kinds = lexicon.names.map { HitKind(name: $0 ?? "") }
        var loose: [HitRow] = []
        var counted: [CountedHit] = []
        counted.reserveCapacity(rows.count)
        for row in rows {
            if let hit = CountedHit(row, kinds) {
                counted.append(hit)
            } else {
                loose.append(row)
            }
        }
        var columns = PartColumns(day: day, count: rows.count)
        for place in Self.order(of: counted, lexicon) { columns.append(counted[place], dates) }
        columns.append(loose: loose, kinds)
        return columns.part()
    }

    /// The places of hits in their order.
    private static func order(of hits: [CountedHit], _ lexicon: Lexicon) -> [Int] {
        // Of visitors and times alone: to move whole hits takes several times as long.
        var places = hits.enumerated().map { place, counted in
            (visitor: counted.hit.visitor.rawValue, time: counted.hit.time.milliseconds, place: place)
        }
        places.sort { one, other in
            if (one.visitor, one.time) != (other.visitor, other.time) {
                return (one.visitor, one.time) < (other.visitor, other.time)
            }
            return hits[one.place].precedes(hits[other.place], lexicon)
        }
        return places.map(\.place)
    }
}

/// A hit of a visitor, with what counts of it for visits.
struct CountedHit {
    let hit: VisitHit
    let row: HitRow

    /// Takes a row; nil if it has no visitor.
    ///
    /// - Parameters:
    ///   - row: The row.
    ///   - kinds: The kinds of hits by the codes of their names.
    init?(_ row: HitRow, _ kinds: [HitKind]) {
        guard let hit = VisitHit(row, kinds[Int(row.codes.name)]) else { return nil }
        (self.hit, self.row) = (hit, row)
    }

    /// The order of hits.
    func precedes(_ other: CountedHit, _ lexicon: Lexicon) -> Bool {
        if hit != other.hit { return hit < other.hit }
        // Texts are compared only where nothing else decides.
        return row.codes != other.row.codes && lexicon.texts(of: row.codes) < lexicon.texts(of: other.row.codes)
    }
}

extension VisitHit {
    /// Takes what counts for visits; nil for a hit without a visitor.
    fileprivate init?(_ row: HitRow, _ kind: HitKind) {
        guard let visitor = row.visitor else { return nil }
        self.init(
            visitor: visitor,
            time: row.time,
            kind: kind,
            isDated: row.isDated,
            isInteractive: row.isInteractive
        )
    }
}
