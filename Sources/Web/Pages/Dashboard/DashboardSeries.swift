package import Analytics

/// A number of a period in its parts.
package struct DashboardSeries: Sendable {
    /// The length of the parts.
    package enum Unit: String, Sendable, CaseIterable, Comparable {
        case minute, hour, day, week, month

        /// The minutes of its usual length.
        package var minutes: Int {
            switch self {
            case .minute: 1
            case .hour: 60
            case .day: 1_440
            case .week: 10_080
            case .month: 43_200
            }
        }

        package static func < (one: Unit, other: Unit) -> Bool { one.minutes < other.minutes }

        /// The name with a capital.
        var title: String { rawValue.prefix(1).uppercased() + rawValue.dropFirst() }
    }

    /// A part.
    package struct Part: Sendable {
        /// The start on the clock of the site: `2026-11-25`, or `2026-11-25 14:00:00`.
        package let label: String
        package let value: Int
        /// The value of the same part of the time before; nil without a comparison.
        package let former: Int?

        /// The date of the start.
        var date: String { String(label.prefix(10)) }

        /// - Parameters:
        ///   - label: The start on the clock of the site.
        ///   - value: The value.
        ///   - former: The value of the same part of the time before; nil without a comparison.
        package init(_ label: String, value: Int, former: Int? = nil) {
            self.label = label
            self.value = value
            self.former = former
        }
    }

    /// Something that happened on a date.
    package struct Note: Sendable {
        package let date: String
        package let text: String

        package init(date: String, text: String) {
            self.date = date
            self.text = text
        }
    }

    /// The number of an address without the parameter.
    package static let standardMetric = Metric.visitors
    /// The numbers that a chart can show.
    package static let metrics: [Metric] = [
        .visitors, .visits, .pageviews, .clicks, .impressions, .bounceRate, .visitDuration,
    ]

    /// The most parts that are named on the axis of time.
    private static let mostNames = 7

    package let metric: Metric
    let unit: Unit
    /// The units by which the period can be shown, among them its own; empty where there is nothing to choose.
    let units: [Unit]
    /// All parts of the period, also those that have not begun.
    let parts: [Part]
    /// The number of parts that have begun.
    let begun: Int
    /// True if the last one that has begun is not over.
    let isOpen: Bool
    /// The notes of its dates.
    let notes: [Note]

    /// - Parameters:
    ///   - unit: The length of the parts.
    ///   - metric: The number.
    ///   - parts: All parts of the period.
    ///   - begun: The number of those that have begun.
    ///   - isOpen: True if the last one that has begun is not over.
    ///   - notes: The notes of its dates.
    ///   - units: The units by which the period can be shown; empty where there is nothing to choose.
    package init(
        _ unit: Unit,
        of metric: Metric = standardMetric,
        parts: [Part],
        begun: Int,
        isOpen: Bool,
        notes: [Note] = [],
        units: [Unit] = []
    ) {
        self.units = units
        self.metric = metric
        self.notes = notes
        self.unit = unit
        self.parts = parts
        self.begun = min(max(begun, 0), parts.count)
        self.isOpen = isOpen
    }

    /// The scale that all values and those of the time before fit on.
    var scale: ChartScale { ChartScale(parts.flatMap { [$0.value, $0.former ?? 0] }.max() ?? 0) }

    /// The places of the parts that are named on the axis of time, at equal distances.
    var namedParts: [Int] {
        let step = max(1, (parts.count + Self.mostNames - 1) / Self.mostNames)
        return Array(stride(from: 0, to: parts.count, by: step))
    }

    /// The parts that have begun.
    package var begunParts: [Part] { Array(parts.prefix(begun)) }

    /// A value of the series as pages write it.
    func text(_ value: Int) -> String { MetricText.text(.count(value), of: metric) }

    /// The index of the part with a date; nil for none.
    func index(of date: String) -> Int? { parts.lastIndex { $0.date <= date } }

    /// The dates of the period, as `28 Oct – 24 Nov 2026`; nil without parts.
    var dates: String? {
        guard let first = parts.first.flatMap({ DateText($0.label) }),
            let last = parts.last.flatMap({ DateText($0.label) })
        else { return nil }
        switch unit {
        case .minute:
            guard first.full == last.full, let start = first.time, let end = last.time else {
                return "\(first.full), \(first.time ?? "") – \(last.full), \(last.time ?? "")"
            }
            return "\(first.full), \(start) – \(end)"
        case .hour, .day:
            if first.full == last.full { return first.full }
            return first.full.hasSuffix(last.full.suffix(4))
                ? "\(first.short) – \(last.full)" : "\(first.full) – \(last.full)"
        case .week: return "\(first.full) – week of \(last.full)"
        case .month: return "\(first.month) – \(last.month)"
        }
    }

    /// A part as its axis names it.
    func short(_ part: Part) -> String {
        guard let date = DateText(part.label) else { return part.label }
        switch unit {
        case .minute, .hour: return date.time ?? date.short
        case .day, .week: return date.short
        case .month: return date.month
        }
    }

    /// A part as its row names it.
    func full(_ part: Part) -> String {
        guard let date = DateText(part.label) else { return part.label }
        switch unit {
        case .minute, .hour: return "\(date.full), \(date.time ?? "")"
        case .day: return date.full
        case .week: return "Week of \(date.full)"
        case .month: return date.month
        }
    }
}
