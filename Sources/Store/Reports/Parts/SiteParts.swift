import Analytics
import Columns
import Postgres

/// The parts of a site that a server keeps in memory, as of one snapshot of the database.
struct SiteParts: Sendable {
    /// What else a part depends on.
    struct Basis: Hashable, Sendable {
        /// The zone of the site.
        let zone: String
        /// The first moment whose hits are kept.
        let keptSince: PostgresTimestamp?
    }

    private(set) var basis: Basis
    /// The transactions whose changes the parts show.
    var snapshot: Snapshot
    /// The time of the snapshot.
    var read: ContinuousClock.Instant
    var texts = SiteTexts()
    var dates = MidnightTable()
    private(set) var days: [Int: KeptDay] = [:]
    /// The visits over the midnights after some of the days, by day, as long as the parts beside them stay the same.
    private var borders: [Int: VisitBorder] = [:]

    /// A day that is known.
    struct KeptDay: Sendable {
        /// The part; nil for a day without hits.
        var part: Part?
        var history = PartHistory()
        /// The number of the last question that asked for it.
        var use = 0
        /// Counts the changes since it was stored; 0 if it is stored as it is.
        var changes = 0
        /// The last time that it was stored; nil for never.
        var stored: ContinuousClock.Instant?

        /// The memory that it takes, in bytes.
        var bytes: Int { (part?.bytes ?? 0) + history.bytes + 64 }
    }

    init(_ basis: Basis, _ snapshot: Snapshot, read: ContinuousClock.Instant) {
        self.basis = basis
        self.snapshot = snapshot
        self.read = read
    }

    /// The days that are not known, as ranges.
    func missing(of days: ClosedRange<Int>) -> [ClosedRange<Int>] {
        var ranges: [ClosedRange<Int>] = []
        for day in days where self.days[day] == nil {
            if let last = ranges.last, last.upperBound == day - 1 {
                ranges[ranges.count - 1] = last.lowerBound...day
            } else {
                ranges.append(day...day)
            }
        }
        return ranges
    }

    /// Takes another basis of the same zone: the days whose hits are not kept any more are not known.
    mutating func take(_ new: Basis) {
        defer { basis = new }
        guard new.keptSince != basis.keptSince, let first = new.keptSince.map({ Timestamp($0) }) else { return }
        for day in days.keys where Timestamp(milliseconds: day * Part.length) < first { remove(day) }
    }

    /// Takes a part that was built from rows.
    mutating func set(_ part: Part?, of day: Int) {
        days[day, default: KeptDay()].part = part
        days[day]?.history = PartHistory()
        days[day]?.changes += 1
        forgetBorders(beside: day)
    }

    /// Takes a part that has changed.
    mutating func set(_ part: Part, of day: Int, after change: PartChange) {
        days[day]?.part = part
        days[day]?.history.add(change)
        days[day]?.changes += 1
        forgetBorders(beside: day)
    }

    /// Takes a part that was stored.
    mutating func set(stored part: Part?, of day: Int, at moment: ContinuousClock.Instant) {
        days[day] = KeptDay(part: part, stored: moment)
        forgetBorders(beside: day)
    }

    mutating func remove(_ day: Int) {
        days[day] = nil
        forgetBorders(beside: day)
    }

    /// Forgets the visits that depend on the part of a day.
    private mutating func forgetBorders(beside day: Int) {
        for border in day - 1...day + 1 { borders[border] = nil }
    }

    /// Notes that a question has asked for days.
    mutating func use(_ asked: ClosedRange<Int>, number: Int) {
        for day in asked { days[day]?.use = number }
    }

    /// Notes that a part has been stored as it was after some changes.
    mutating func note(stored day: Int, changes: Int, at moment: ContinuousClock.Instant) {
        days[day]?.stored = moment
        if days[day]?.changes == changes { days[day]?.changes = 0 }
    }

    /// The parts of days, side by side.
    mutating func timeline(_ asked: ClosedRange<Int>) -> Timeline {
        let parts = asked.compactMap { days[$0]?.part }
        let lexicon = texts.lexicon
        let borders = Timeline.borders(of: parts) { part, next, earlier in
            if let known = self.borders[part.day] { return known }
            let border = VisitBorder(between: part, and: next, after: earlier, lexicon, dates: dates.borders)
            // The visits also depend on the day before both.
            if asked.contains(part.day - 1) { self.borders[part.day] = border }
            return border
        }
        return Timeline(parts, lexicon, dates: dates.borders, borders: borders)
    }

    /// The edition of the parts of days.
    func edition(_ asked: ClosedRange<Int>) -> PartEdition {
        PartEdition(histories: days.filter { asked.contains($0.key) }.mapValues(\.history))
    }

    /// The memory that the parts of some days take, in bytes.
    func bytes(of asked: ClosedRange<Int>) -> Int { asked.reduce(0) { $0 + (days[$1]?.bytes ?? 0) } }

    /// The memory that the parts take, in bytes.
    var bytes: Int { days.values.reduce(0) { $0 + $1.bytes } + borders.values.reduce(0) { $0 + $1.bytes } }
}

/// The midnights of a zone over the time for which they have been asked.
struct MidnightTable: Sendable {
    private(set) var days: ClosedRange<Int>?
    private(set) var borders = DateBorders([])

    init() {}

    init(_ borders: DateBorders, over days: ClosedRange<Int>) {
        self.borders = borders
        self.days = days
    }

    /// True if all midnights of some days are known.
    func covers(_ wanted: ClosedRange<Int>) -> Bool {
        days.map { $0.lowerBound <= wanted.lowerBound && wanted.upperBound <= $0.upperBound } ?? false
    }
}
