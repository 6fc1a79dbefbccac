/// The time with which a dashboard compares its period; the raw value is that of the parameter `compare`.
package enum DashboardComparison: String, Sendable, CaseIterable {
    case previous, year, custom, off

    /// The comparison of an address without the parameter.
    static let standard = previous

    var title: String {
        switch self {
        case .previous: "Previous period"
        case .year: "Same dates a year before"
        case .custom: "Other dates"
        case .off: "No comparison"
        }
    }
}
