/// The answer to a question about visitors who come again.
package struct RetentionReport: Hashable, Sendable {
    /// The visitors whose first hit lies in a part of the period.
    package struct Cohort: Hashable, Sendable {
        /// The first date of the part.
        package let label: String
        package let visitors: Int
        /// Those of them who come again in each later part of the period, from the next one on.
        package let returned: [Int]

        package init(label: String, visitors: Int, returned: [Int]) {
            (self.label, self.visitors, self.returned) = (label, visitors, returned)
        }
    }

    /// The cohorts of all parts of the period, in order.
    package let cohorts: [Cohort]
    package let coverage: Coverage
    /// The moment at which the hits began to be read.
    package var moment: Timestamp

    package init(cohorts: [Cohort], coverage: Coverage, moment: Timestamp = .now) {
        (self.cohorts, self.coverage, self.moment) = (cohorts, coverage, moment)
    }
}
