package import Analytics

/// Builds a part from rows in any order.
package struct PartBuilder: Sendable {
    package var lexicon = Lexicon()
    private var rows: [HitRow] = []

    package init() {}

    package mutating func add(_ row: HitRow) { rows.append(row) }

    /// Derives the visits, and orders the hits by them.
    ///
    /// - Parameter dates: The midnights in the zone of the site.
    /// - Returns: The part.
    package consuming func part(dates: DateBorders) -> Part {
        let kinds = lexicon.names.map { HitKind(name: $0 ?? "") }
        var loose: [Int] = []
        var counted: [(hit: VisitHit, place: Int)] = []
        counted.reserveCapacity(rows.count)
        for (place, row) in rows.enumerated() {
            if let hit = VisitHit(row, kinds[Int(row.codes.name)]) {
                counted.append((hit, place))
            } else {
                loose.append(place)
            }
        }
        counted.sort { [rows, lexicon] one, other in
            if one.hit != other.hit { return one.hit < other.hit }
            let (first, second) = (rows[one.place].codes, rows[other.place].codes)
            // Texts are compared only where nothing else decides.
            return first != second && lexicon.texts(of: first) < lexicon.texts(of: second)
        }
        let visits = Visit.derive(from: counted.map(\.hit), dates: dates)
        var (hitColumns, visitColumns) = (HitColumns(), VisitColumns())
        hitColumns.reserve(rows.count)
        for visit in visits {
            visitColumns.append(visit, shift: visit.hits.lowerBound - hitColumns.count)
            for (_, place) in counted[visit.hits] {
                hitColumns.append(rows[place], kinds[Int(rows[place].codes.name)])
            }
        }
        for place in loose { hitColumns.append(rows[place], kinds[Int(rows[place].codes.name)]) }
        return Part(lexicon: lexicon, hits: hitColumns, visits: visitColumns)
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
