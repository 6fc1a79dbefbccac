/// The time up to now whose refused hits are shown; the raw value is its length in days.
package enum RefusedSpan: Int, Sendable, CaseIterable {
    case day = 1
    case week = 7
    case month = 30
    /// As long as counts are kept.
    case quarter = 90

    package static let standard = RefusedSpan.week

    /// The shortest one that is not shorter than some days; the longest for more.
    package init(covering days: Int) {
        self = Self.allCases.first { $0.rawValue >= days } ?? .quarter
    }

    var title: String { self == .day ? "24 hours" : "\(rawValue) days" }

    /// The length of a bar of the chart, in hours.
    package var step: Int { rawValue > Self.week.rawValue ? 24 : 1 }
    /// The number of bars.
    package var bars: Int { rawValue * 24 / step }
}
