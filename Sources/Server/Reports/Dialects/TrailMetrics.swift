import Analytics
import HTTP

/// The numbers of days as Trail answers them: each day has the same members, whatever happened on it.
struct TrailMetrics {
    /// The most numbers of events in an answer, days times names.
    static let mostNumbers = 100_000

    private struct Day {
        var visitors = 0
        var views = 0
        var events: [String: Int] = [:]
    }

    private let days: [(date: String, day: Day)]
    private let names: [String]

    /// Puts two reports together; nil for more numbers than an answer may have.
    ///
    /// - Parameters:
    ///   - visitors: The visitors by day.
    ///   - events: The events and page views by day and name.
    init?(visitors: Report, events: Report) {
        var known: [String: Day] = [:]
        var names: Set<String> = []
        for row in events.rows {
            guard let count = row.values[0].count, count > 0 else { continue }
            names.insert(row.dimensions[1])
            known[row.dimensions[0], default: Day()].events[row.dimensions[1]] = count
            known[row.dimensions[0], default: Day()].views += row.values[1].count ?? 0
        }
        for row in visitors.rows { known[row.dimensions[0], default: Day()].visitors = row.values[0].count ?? 0 }
        let dates = visitors.labels ?? []
        guard dates.count * names.count <= Self.mostNumbers else { return nil }
        self.names = names.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        days = dates.map { ($0, known[$0] ?? Day()) }
    }

    var json: JSON {
        let days = days.map { date, day in (date, Optional(json(day))) }
        return .object(JSON.Members(days + [("success", .bool(true))]))
    }

    private func json(_ day: Day) -> JSON {
        .object([
            "category_wise": .object(JSON.Members(names.map { ($0, .number(day.events[$0] ?? 0)) })),
            "pageviews": .number(day.views),
            "total_events": .number(day.events.values.reduce(0, +)),
            "total_visitors": .number(day.visitors),
        ])
    }
}

extension Report.Value {
    fileprivate var count: Int? { if case .count(let count) = self { count } else { nil } }
}
