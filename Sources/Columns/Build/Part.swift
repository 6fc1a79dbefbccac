import Analytics

/// The hits of a site on a day (UTC), as columns.
///
/// Hits are ordered by visitor and time. Those that follow each other without a gap of more than 30 minutes, and that
/// no date of the site divides, make a run: a visit, as far as the day goes, or engagement before any. A visit may go
/// on from the day before; that is seen where parts are put beside each other. Hits without a visitor follow after all
/// others.
package struct Part: Hashable, Sendable {
    /// The day, in days since 1970.
    package let day: Int
    private let columns: Columns

    /// The columns, one object, since a scan takes parts out of lists many times.
    private final class Columns: Sendable {
        let hits: HitColumns
        let runs: RunColumns
        let codes: [CodeColumn]
        let loose: Range<Int>

        init(_ hits: HitColumns, _ runs: RunColumns, _ codes: [CodeColumn]) {
            (self.hits, self.runs, self.codes) = (hits, runs, codes)
            loose = hits.count - (codes[Column.place.rawValue].places.count - runs.count)..<hits.count
        }
    }

    /// A part without hits.
    package init(emptyOn day: Int) {
        self.init(
            day: day,
            hits: HitColumns(),
            runs: RunColumns(),
            codes: Column.allCases.map { _ in CodeColumn([]) }
        )
    }

    init(day: Int, hits: HitColumns, runs: RunColumns, codes: [CodeColumn]) {
        self.day = day
        columns = Columns(hits, runs, codes)
    }

    package static func == (one: Part, other: Part) -> Bool {
        one.day == other.day && one.hits == other.hits && one.runs == other.runs && one.codes == other.codes
    }

    package func hash(into hasher: inout Hasher) {
        hasher.combine(day)
        hasher.combine(hits)
        hasher.combine(runs)
        hasher.combine(codes)
    }

    var hits: HitColumns { columns.hits }
    var runs: RunColumns { columns.runs }
    /// The codes by `Column`: of those of hits for each hit, of the others for each run and then for each hit without a
    /// visitor.
    var codes: [CodeColumn] { columns.codes }

    /// The hits that have no visitor.
    var loose: Range<Int> { columns.loose }

    /// The number of hits.
    package var count: Int { hits.count }

    /// The first moment of the day, in milliseconds since 1970.
    var start: Int { day * Part.length }

    /// The length of a day, in milliseconds.
    package static let length = 86_400_000

    /// The moment of a hit, in milliseconds since 1970.
    func time(of hit: Int) -> Int { start + Int(hits.times[hit]) }

    /// A column of codes.
    subscript(column: Column) -> CodeColumn { codes[column.rawValue] }

    /// The hits of a run.
    func hits(of run: Int) -> Range<Int> {
        let end = run + 1 < runs.count ? Int(runs.firsts[run + 1]) : loose.lowerBound
        return Int(runs.firsts[run])..<end
    }

    /// The memory that it takes, in bytes.
    package var bytes: Int { hits.bytes + runs.bytes + codes.reduce(0) { $0 + $1.bytes } }
}
