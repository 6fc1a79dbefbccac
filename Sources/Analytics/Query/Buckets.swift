/// The parts into which a dimension of time divides a period.
package struct Buckets: Hashable, Sendable {
    /// The starts in order; the last bucket ends with the period.
    package let starts: [Timestamp]
    /// The label of each bucket: `2026-01-05`, or with the hour or minute `2026-01-05 09:00:00`; the hours of a week
    /// are `Monday 09:00` and come many times.
    package let labels: [String]

    /// - Precondition: There are as many labels as starts.
    package init(starts: [Timestamp], labels: [String]) {
        self.starts = starts
        self.labels = labels
    }

    /// The place of the bucket that has a moment; nil for one before the first.
    package func place(of moment: Timestamp) -> Int? {
        var (low, high) = (0, starts.count)
        while low < high {
            let middle = (low + high) / 2
            if starts[middle] <= moment { low = middle + 1 } else { high = middle }
        }
        return low > 0 ? low - 1 : nil
    }
}
