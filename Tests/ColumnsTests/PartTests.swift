import Analytics
import Columns
import Support
import Testing

/// Parts as bytes, and with other hits.
struct PartTests {
    private static let sizes = [0, 1, 2, 50, 700]

    @Test(arguments: 0..<12 as Range<UInt64>)
    func areTheSameAfterPacking(seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let rows = RandomRows(Self.sizes[Int(seed) % Self.sizes.count], using: &random)
        let part = rows.part(rows.rows)
        let bytes = part.packed(rows.lexicon) { Int($1) * 1000 + $0.rawValue.count }
        #expect(part.count == rows.rows.count)
        #expect(try Self.unpacked(bytes, rows) == part)
    }

    private static func unpacked(_ bytes: [UInt8], _ rows: RandomRows) throws(PackedPartError) -> Part {
        try Part(
            packed: bytes,
            code: { UInt32(truncatingIfNeeded: ($1 - $0.rawValue.count) / 1000) },
            currency: { text in UInt32(rows.lexicon.currencies.firstIndex(of: text) ?? 0) }
        )
    }

    @Test func anyBytesAreAPartOrAnError() throws {
        var random = SeededGenerator(seed: 5)
        let rows = RandomRows(60, using: &random)
        let good = rows.part(rows.rows).packed(rows.lexicon) { Int($1) * 1000 + $0.rawValue.count }
        var refused = 0
        for _ in 0..<5_000 {
            var bytes = good
            for _ in 0..<Int.random(in: 1...3, using: &random) {
                bytes[Int.random(in: 0..<bytes.count, using: &random)] = .random(in: .min ... .max, using: &random)
            }
            if Bool.random(using: &random) { bytes.removeLast(.random(in: 0...bytes.count, using: &random)) }
            if (try? Self.unpacked(bytes, rows)) == nil { refused += 1 }
        }
        #expect(refused > 1_000)
        #expect(throws: PackedPartError.otherFormat) { try Self.unpacked([2] + good.dropFirst(), rows) }
        #expect(throws: PackedPartError.damaged) { try Self.unpacked([], rows) }
        #expect(throws: PackedPartError.damaged) { try Self.unpacked(good + [0], rows) }
    }

    /// Hits that come minute by minute: the part is the one built from all at once, also of few that have details.
    @Test(arguments: 0..<20 as Range<UInt64>)
    func areThoseOfAllHitsAfterManyReplacings(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let rows = RandomRows(Self.sizes[Int(seed) % Self.sizes.count], using: &random)
        let minutes = Dictionary(grouping: rows.rows) { $0.time.milliseconds / 60_000 }
        var part = rows.part([])
        for (minute, some) in minutes.shuffled(using: &random) {
            let times = minute * 60_000...minute * 60_000 + 59_999
            part = part.replacing([times], by: some, rows.lexicon, dates: rows.dates).part
        }
        let all = rows.part(minutes.keys.sorted().flatMap { minutes[$0] ?? [] })
        #expect(part.count == rows.rows.count)
        #expect(Self.visits(of: part, rows) == Self.visits(of: all, rows))
    }

    /// The part without the order of hits that nothing tells apart.
    private static func visits(of part: Part, _ rows: RandomRows) -> [String] {
        let start = RandomRows.day * 86_400_000
        let timeline = Timeline([part], rows.lexicon, dates: rows.dates)
        let visits = StartedVisits(startingIn: start..<start + 86_400_000, timeline)
        return (0..<visits.count).map { "\(visits.summary(at: $0))" }.sorted()
    }

    /// Hits that come late, in any times, and visitors who become known: the part is the one built from all at once.
    @Test(arguments: 0..<40 as Range<UInt64>)
    func areThoseOfAllHitsAfterReplacing(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let rows = RandomRows(400, using: &random)
        let late = Set(rows.rows.indices.filter { _ in Int.random(in: 0..<10, using: &random) == 0 })
        let early = rows.rows.indices.filter { !late.contains($0) }.map { rows.rows[$0] }
        let times = late.map { rows.rows[$0].time.milliseconds }.sorted().prefix(9).map { $0...$0 + 60_000 }
        let isTouched = { (row: HitRow) in times.contains { $0.contains(row.time.milliseconds) } }
        let users: [Visitor: Visitor] = [22: 2, .max - 23: 4, 24: 99].reduce(into: [:]) {
            $0[Visitor(rawValue: $1.key)] = Visitor(rawValue: $1.value)
        }
        func known(_ row: HitRow) -> HitRow {
            guard let user = row.visitor.flatMap({ users[$0] }) else { return row }
            var row = row
            (row.visitor, row.isDated) = (user, false)
            return row
        }
        let touched = rows.rows.filter(isTouched).map(known)
        let changed = rows.part(early).replacing(times, by: touched, users: users, rows.lexicon, dates: rows.dates).part
        let all = rows.part(early.filter { !isTouched($0) }.map(known) + touched)
        // Codes that no hit has any more may be left in a dictionary.
        #expect(
            changed.packed(rows.lexicon) { Int($1) + $0.rawValue.count }
                == all.packed(rows.lexicon) { Int($1) + $0.rawValue.count }
        )
    }
}
