package import Analytics

/// The first rows of a list in a card of a dashboard.
package struct DashboardList: Sendable {
    /// A row.
    package struct Row: Sendable {
        /// The value, as filters take it.
        package let value: String
        package let visitors: Int
        /// The share of all visitors, or the conversion rate of a goal, in per cent.
        package let share: Double

        /// - Parameters:
        ///   - value: The value, as filters take it.
        ///   - visitors: The visitors.
        ///   - share: The share of all visitors, or the conversion rate of a goal, in per cent.
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
    /// The number that the share of a row is: the percentage, or the conversion rate.
    let rate: Metric
    /// The sum of all rows beside the visitors, of whom some are in several rows; nil if none are, or it is not known.
    let overlap: Overlap?

    /// A sum of rows that is more than the visitors in them.
    package struct Overlap: Sendable {
        let sum: Int
        let visitors: Int

        /// - Parameters:
        ///   - sum: The sum of the visitors of all rows.
        ///   - visitors: The visitors of the period.
        package init(sum: Int, visitors: Int) {
            self.sum = sum
            self.visitors = visitors
        }
    }

    /// - Parameters:
    ///   - tab: The tab.
    ///   - rows: The first rows.
    ///   - total: The number of rows that there are.
    ///   - mapped: The rows of a map; empty for a list without one.
    ///   - rate: The number that the share of a row is; nil for that of the tab.
    ///   - overlap: The sum of all rows, where it is more than the visitors.
    package init(
        _ tab: DashboardTab,
        rows: [Row],
        total: Int,
        mapped: [Row] = [],
        rate: Metric? = nil,
        overlap: Overlap? = nil
    ) {
        self.rate = rate ?? tab.rate
        self.overlap = overlap
        self.mapped = mapped
        self.tab = tab
        self.rows = rows
        self.total = total
    }

    /// The name of a value that is shown.
    func name(_ value: String) -> String { tab.name(of: value) }
}
