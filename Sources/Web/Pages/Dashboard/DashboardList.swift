/// The first rows of a list in a card of a dashboard.
package struct DashboardList: Sendable {
    /// A row.
    package struct Row: Sendable {
        /// The value, as filters take it.
        package let value: String
        package let visitors: Int
        /// The share of all visitors, in per cent.
        package let share: Double

        /// - Parameters:
        ///   - value: The value, as filters take it.
        ///   - visitors: The visitors.
        ///   - share: The share of all visitors, in per cent.
        package init(_ value: String, visitors: Int, share: Double) {
            self.value = value
            self.visitors = visitors
            self.share = share
        }
    }

    let tab: DashboardTab
    let rows: [Row]
    /// The number of rows that there are.
    let total: Int
    /// The rows of a map; empty for a list without one.
    let mapped: [Row]

    /// - Parameters:
    ///   - tab: The tab.
    ///   - rows: The first rows.
    ///   - total: The number of rows that there are.
    ///   - mapped: The rows of a map; empty for a list without one.
    package init(_ tab: DashboardTab, rows: [Row], total: Int, mapped: [Row] = []) {
        self.mapped = mapped
        self.tab = tab
        self.rows = rows
        self.total = total
    }

    /// The name of a value that is shown.
    func name(_ value: String) -> String { tab.name(of: value) }
}
