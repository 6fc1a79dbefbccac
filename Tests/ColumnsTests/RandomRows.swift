import Analytics
import Columns
import Support

/// Random hits of a day, as rows with codes of a lexicon.
struct RandomRows {
    static let day = 20_000
    private static let milliseconds = 86_400_000

    let lexicon: Lexicon
    let dates: DateBorders
    private(set) var rows: [HitRow] = []

    init(_ count: Int, using random: inout SeededGenerator) {
        var lexicon = Lexicon()
        lexicon.names += ["pageview", "engagement", "impression", "click", "Sign up"]
        lexicon.hosts += ["a.example", "b.example"]
        lexicon.paths += (0..<300).map { "/\($0)" }
        lexicon.titles += ["One", "Two"]
        lexicon.places += ["DE", "FR"].map { country in
            var place = Place()
            place.country = country
            return place
        }
        lexicon.agents += [Agent(), Agent()]
        lexicon.origins += [Origin(), Origin()]
        lexicon.currencies += ["EUR", "USD"]
        self.lexicon = lexicon
        let start = Self.day * Self.milliseconds
        dates = DateBorders([-1, 0, 1].map { Timestamp(milliseconds: start + $0 * Self.milliseconds + 20_700_000) })
        for _ in 0..<count { rows.append(Self.row(lexicon, start, using: &random)) }
    }

    private static func row(_ lexicon: Lexicon, _ start: Int, using random: inout SeededGenerator) -> HitRow {
        func code(below count: Int) -> UInt32 { UInt32.random(in: 0..<UInt32(count), using: &random) }
        // A minute, so that many hits are of the same visit, and some of the same moment.
        var row = HitRow(time: Timestamp(milliseconds: start + Int.random(in: 0..<1440, using: &random) * 60_000))
        let number = UInt64.random(in: 0..<40, using: &random)
        if number > 0 { row.visitor = Visitor(rawValue: number.isMultiple(of: 2) ? number : .max - number) }
        row.isDated = number > 20
        row.isInteractive = Bool.random(using: &random)
        row.codes.name = UInt32.random(in: 1..<UInt32(lexicon.names.count), using: &random)
        row.codes.host = code(below: lexicon.hosts.count)
        row.codes.path = code(below: lexicon.paths.count)
        row.codes.title = code(below: lexicon.titles.count)
        row.codes.place = code(below: lexicon.places.count)
        row.codes.agent = code(below: lexicon.agents.count)
        row.codes.origin = code(below: lexicon.origins.count)
        if lexicon.names[Int(row.codes.name)] == "engagement" {
            row.scroll = [nil, 0, 55, 100].randomElement(using: &random) ?? nil
            row.engaged = [nil, 0, 86_400_000].randomElement(using: &random) ?? nil
        }
        if Bool.random(using: &random) {
            row.value = Amount(millionths: Int.random(in: -5...5_000_000_000, using: &random))
            row.codes.currency = code(below: lexicon.currencies.count)
        }
        row.props = [nil, nil, "{}", #"{"a": "é"}"#].randomElement(using: &random) ?? nil
        return row
    }

    func part(_ rows: [HitRow]) -> Part {
        var builder = PartBuilder(day: Self.day)
        for row in rows { builder.add(row) }
        return builder.part(lexicon, dates: dates)
    }
}
