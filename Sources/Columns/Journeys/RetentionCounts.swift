package import Analytics

/// The visitors of cohorts, and those of them who come again; counts of different visitors add up.
package struct RetentionCounts: Sendable {
    private let cohorts: Int
    private var visitors: [Int]
    /// For each cohort a row of the visitors who come again in each part of the period.
    private var returned: [Int]
    package var coverage = Coverage()

    init(cohorts: Int) {
        self.cohorts = cohorts
        visitors = Array(repeating: 0, count: cohorts)
        returned = Array(repeating: 0, count: cohorts * cohorts)
    }

    /// Adds a visitor.
    ///
    /// - Parameters:
    ///   - cohort: The part of the period in which the visitor appears.
    ///   - parts: The parts in which the visitor comes, as bits; only later ones count.
    mutating func add(_ cohort: Int, comingIn parts: UInt64) {
        visitors[cohort] += 1
        var later = (parts >> UInt64(cohort)) >> 1
        var part = cohort + 1
        while later != 0 {
            if later & 1 != 0 { returned[cohort * cohorts + part] += 1 }
            later >>= 1
            part += 1
        }
    }

    /// Adds other visitors.
    package mutating func add(_ other: RetentionCounts) {
        for place in visitors.indices { visitors[place] += other.visitors[place] }
        for place in returned.indices { returned[place] += other.returned[place] }
        coverage.add(other.coverage)
    }

    /// The answer.
    package func report(_ labels: [String], at moment: Timestamp) -> RetentionReport {
        let rows = labels.enumerated().map { place, label in
            RetentionReport.Cohort(
                label: label,
                visitors: visitors[place],
                returned: Array(returned[(place * cohorts + place + 1)..<((place + 1) * cohorts)])
            )
        }
        return RetentionReport(cohorts: rows, coverage: coverage, moment: moment)
    }
}
