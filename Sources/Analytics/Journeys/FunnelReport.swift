/// The answer to a question about steps.
package struct FunnelReport: Hashable, Sendable {
    package struct Step: Hashable, Sendable {
        /// The visitors whose attempts take it.
        package let visitors: Int
        /// The times since the step before; nil for the first one, and where no visitor takes it.
        package let times: StepTimes?

        package init(visitors: Int, times: StepTimes?) {
            (self.visitors, self.times) = (visitors, times)
        }
    }

    /// The steps in their order.
    package let steps: [Step]
    package let coverage: Coverage
    /// The moment at which the hits began to be read.
    package var moment: Timestamp

    package init(steps: [Step], coverage: Coverage, moment: Timestamp = .now) {
        (self.steps, self.coverage, self.moment) = (steps, coverage, moment)
    }
}

/// Times between two steps, in milliseconds; halves are rounded to the even neighbour.
package struct StepTimes: Hashable, Sendable {
    /// The one in the middle, or the mean of the two that are there.
    package let median: Int
    package let average: Int

    package init(median: Int, average: Int) {
        (self.median, self.average) = (median, average)
    }
}
