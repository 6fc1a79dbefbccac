import Analytics

/// The columns of a part while hits are added to it in their order.
struct PartColumns {
    private let day: Int
    private var hits = HitColumns()
    private var runs = RunColumns()
    private var codes: [[UInt32]] = Column.allCases.map { _ in [] }
    private var run: Run?
    private var places: [String: UInt32] = [:]
    private var props: [String] = []

    init(day: Int, count: Int) {
        self.day = day
        hits.reserve(count)
        for column in Column.allCases where column.isOfHits { codes[column.rawValue].reserveCapacity(count) }
    }

    /// Adds the next hit of a visitor.
    mutating func append(_ counted: CountedHit, _ dates: DateBorders) {
        let place = hits.count
        if run?.reaches(counted.hit, dates) == true {
            run?.add(counted.hit, at: place)
        } else {
            endRun()
            run = Run(counted.hit, at: place)
            append(counted.row.codes, where: { !$0.isOfHits })
        }
        append(counted.row, counted.hit.kind)
    }

    /// Adds the hits without a visitor, after all others.
    mutating func append(loose rows: [HitRow], _ kinds: [HitKind]) {
        endRun()
        for row in rows {
            append(row.codes, where: { !$0.isOfHits })
            append(row, kinds[Int(row.codes.name)])
        }
    }

    private mutating func endRun() {
        if let run { runs.append(run, day: day) }
        run = nil
    }

    private mutating func append(_ row: HitRow, _ kind: HitKind) {
        append(row.codes, where: \.isOfHits)
        hits.append(row, kind, day: day, props: row.props.map { place(ofProps: $0) })
    }

    private mutating func append(_ row: HitRow.Codes, where isWanted: (Column) -> Bool) {
        for column in Column.allCases where isWanted(column) { codes[column.rawValue].append(column.code(of: row)) }
    }

    private mutating func place(ofProps text: String) -> UInt32 {
        if let place = places[text] { return place }
        let place = UInt32(props.count)
        places[text] = place
        props.append(text)
        return place
    }

    /// The part.
    consuming func part() -> Part {
        endRun()
        hits.take(propTexts: props)
        return Part(day: day, hits: hits, runs: runs, codes: codes.map { CodeColumn($0) })
    }
}
