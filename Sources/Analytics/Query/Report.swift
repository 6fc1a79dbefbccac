/// The answer to a query.
package struct Report: Hashable, Sendable {
    /// The value of a metric.
    package enum Value: Hashable, Sendable {
        case count(Int)
        case real(Double)
        /// A sum or mean of money.
        case money(Money)
        /// Sums of money, by the bytes of their currencies; values without a currency have an empty one.
        case amounts([Money])
        /// There is nothing of which the number could be told.
        case none
    }

    package struct Row: Hashable, Sendable {
        /// The texts of the dimensions, in the order of the query.
        package var dimensions: [String]
        /// The values of the metrics, in the order of the query.
        package var values: [Value]

        package init(dimensions: [String], values: [Value]) {
            self.dimensions = dimensions
            self.values = values
        }
    }

    /// The rows that the query asked for.
    package var rows: [Row]
    /// The number of rows without limit and offset.
    package var total: Int
    /// The labels of all parts of the period, also of those without a row; nil without a dimension of time.
    package var labels: [String]?
    /// True if visitors of a date are among those counted: over more than a day they are exact per day alone.
    package var countsDatedVisitors: Bool
    /// The hits that have no visitor, and count for no visit.
    package var hitsWithoutVisitor: Int
    /// The hits that reach a goal, and whose value is in another currency than its revenue.
    package var hitsOfOtherCurrencies: Int
    /// The first moment whose hits are kept, if numbers of dates before count as well; nil if all numbers are of hits.
    package var keptSince: Timestamp?
    /// The moment at which the rows began to be read: what was stored before is counted.
    package var moment: Timestamp

    package init(
        rows: [Row],
        total: Int,
        labels: [String]?,
        countsDatedVisitors: Bool = false,
        hitsWithoutVisitor: Int = 0,
        hitsOfOtherCurrencies: Int = 0,
        keptSince: Timestamp? = nil,
        moment: Timestamp = .now
    ) {
        self.rows = rows
        self.total = total
        self.labels = labels
        self.countsDatedVisitors = countsDatedVisitors
        self.hitsWithoutVisitor = hitsWithoutVisitor
        self.hitsOfOtherCurrencies = hitsOfOtherCurrencies
        self.keptSince = keptSince
        self.moment = moment
    }
}
