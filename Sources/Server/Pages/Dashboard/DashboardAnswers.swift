import Analytics
import Web

/// The answers to the queries of a dashboard, put together.
struct DashboardAnswers {
    let queries: DashboardQueries
    /// The numbers of the whole period.
    let tiles: Report
    let compared: Report?
    private let series: Report
    let formerSeries: Report?
    let week: Report?
    private let lists: [Report]
    private let notes: [DashboardSeries.Note]

    /// - Parameters:
    ///   - queries: The queries.
    ///   - reports: Their answers, in the order of `DashboardQueries.all`.
    ///   - notes: The notes of the dates.
    init(_ queries: DashboardQueries, _ reports: [Report], notes: [DashboardSeries.Note]) {
        self.notes = notes
        self.queries = queries
        var rest = reports[...]
        let none = Report(rows: [], total: 0, labels: nil)
        tiles = rest.popFirst() ?? none
        compared = queries.compared == nil ? nil : rest.popFirst()
        series = rest.popFirst() ?? none
        formerSeries = queries.formerSeries == nil ? nil : rest.popFirst()
        week = queries.week == nil ? nil : rest.popFirst()
        lists = Array(rest)
    }

    /// True if there is a hit in the period.
    var hasHits: Bool { tiles.hasCounts }

    /// The hits of the period that count: events and impressions.
    var counted: Int {
        [Metric.events, .impressions].compactMap { value(of: $0, in: tiles)?.whole }.reduce(0) { sum, count in
            let (sum, isTooLarge) = sum.addingReportingOverflow(count)
            return isTooLarge ? .max : sum
        }
    }

    var numbers: DashboardNumbers {
        DashboardNumbers(
            tiles: queries.metrics.map(tile),
            series: drawnSeries,
            lists: zip(zip(queries.tabs, queries.lists), lists).map { list($0.0, $0.1, $1) },
            zone: queries.tiles.zone,
            asOf: ([tiles, series] + lists).map(\.moment).min() ?? .now,
            comparison: compared == nil && formerSeries == nil ? nil : comparison,
            week: week.flatMap { WeekGrid(values($0)) },
            remarks: remarks
        )
    }

    private var comparison: String {
        queries.isCut ? "\(comparedTime), as far as this time has come" : comparedTime
    }

    private var comparedTime: String {
        switch queries.comparison {
        case .custom: return queries.comparedDates ?? "other dates"
        case .year: return "the same \(queries.isAligned ? "days of the week" : "dates") a year before"
        case .previous where queries.isAligned: return "the same days of the week before"
        case .previous, .off: break
        }
        guard days == 0 else { return days == 1 ? "the day before" : "the \(days) days before" }
        let minutes = (queries.period.end.milliseconds - queries.period.start.milliseconds) / 60_000
        return minutes == 60 ? "the hour before" : "the \(minutes) minutes before"
    }

    private func tile(_ metric: Metric) -> DashboardTile {
        let value = value(of: metric, in: tiles)
        let former = compared.flatMap { self.value(of: metric, in: $0) }
        let change = value.flatMap { now in former.flatMap { metric.change(from: $0, to: now) } }
        return DashboardTile(metric, value: value, former: former, change: change)
    }

    func value(of metric: Metric, in report: Report) -> Report.Value? {
        guard let place = queries.tiles.metrics.firstIndex(of: metric) else { return nil }
        let values = report.rows.first?.values ?? []
        return place < values.count ? values[place] : metric.emptyValue
    }

    var drawnSeries: DashboardSeries {
        let before = formerSeries.map(values)
        let parts = zip(series.labels ?? [], values(series)).enumerated().map { index, part in
            let former = before.flatMap { index < $0.count ? $0[index] : nil }
            return DashboardSeries.Part(part.0, value: part.1, former: former)
        }
        let now = series.moment
        let isOpen = queries.period.contains(now)
        return DashboardSeries(
            queries.unit,
            of: queries.series.metrics.first ?? DashboardSeries.standardMetric,
            parts: parts,
            begun: isOpen
                ? queries.unit.begun(of: parts.count, since: queries.period.start, at: now, today: queries.today)
                : parts.count,
            isOpen: isOpen,
            notes: notes,
            units: queries.units
        )
    }

    /// The values of all parts of a series.
    func values(_ report: Report) -> [Int] { report.countsOfParts }

    private func list(_ tab: DashboardTab, _ query: Query, _ report: Report) -> DashboardList {
        let rows = report.listRows
        return DashboardList(
            tab,
            rows: Array(rows.prefix(DashboardTab.shown)),
            total: report.total,
            mapped: tab == .country ? Array(rows.prefix(DashboardTab.mapped)) : [],
            rate: query.metrics.last,
            overlap: overlap(of: rows, in: report)
        )
    }

    /// The sum of all rows beside the visitors; nil where nobody is in two rows, or there are more than were read.
    private func overlap(of rows: [DashboardList.Row], in report: Report) -> DashboardList.Overlap? {
        guard rows.count == report.total, let visitors = value(of: .visitors, in: tiles)?.whole else { return nil }
        let sum = rows.reduce(0) { sum, row in
            let (sum, isTooLarge) = sum.addingReportingOverflow(row.visitors)
            return isTooLarge ? .max : sum
        }
        return sum > visitors ? DashboardList.Overlap(sum: sum, visitors: visitors) : nil
    }

    private var days: Int {
        (queries.period.end.milliseconds - queries.period.start.milliseconds + 43_200_000) / 86_400_000
    }

    private var remarks: [String] {
        var remarks: [String] = []
        if !queries.scope.isWhole {
            let since = queries.scope.keptSince.map { "the hits before \($0) are not kept any more" }
            remarks.append(
                "Of this time there are totals alone: \(since ?? "it has more hits than can be read at once")."
            )
        }
        if tiles.countsDatedVisitors, days > 1 {
            remarks.append("Visitors are known for a day: who comes on two days counts twice.")
        }
        if tiles.hitsWithoutVisitor > 0 { remarks.append("Some hits have no visitor, and count for no visit.") }
        return remarks
    }
}

extension Report {
    /// The first number of all parts of the time, of a query by one dimension of time.
    var countsOfParts: [Int] {
        // A minute that comes twice on the clock has two rows.
        var counts = Dictionary(grouping: rows) { $0.dimensions.first ?? "" }.mapValues { $0[...] }
        return (labels ?? []).map { label in
            counts[label]?.popFirst()?.values.first?.real.flatMap { Int(exactly: $0.rounded()) } ?? 0
        }
    }

    /// True if a number of a row is a count of something.
    var hasCounts: Bool {
        rows.flatMap(\.values).contains { value in
            if case .count(let count) = value { count > 0 } else { false }
        }
    }

    /// The rows of a query for visitors and percentage by one dimension, as cards show them.
    var listRows: [DashboardList.Row] {
        rows.map { row in
            DashboardList.Row(
                row.dimensions.first ?? "",
                visitors: row.values.first?.whole ?? 0,
                share: row.values.dropFirst().first?.real ?? 0
            )
        }
    }
}

extension Report.Value {
    /// The count; nil for another value.
    var whole: Int? { if case .count(let count) = self { count } else { nil } }

    /// The number; nil for money and for none.
    fileprivate var real: Double? {
        switch self {
        case .count(let count): Double(count)
        case .real(let number): number
        case .money, .amounts, .none: nil
        }
    }
}
