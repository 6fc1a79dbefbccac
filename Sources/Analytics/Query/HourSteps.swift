/// Moments at equal distances, at each of which the hour that ends there is counted.
package struct HourSteps: Hashable, Sendable {
    package let first: Timestamp
    /// The distance in milliseconds, whole seconds.
    package let step: Int
    package let count: Int

    /// The limits of a question: moments, milliseconds from one to the next, and milliseconds from the first to the last.
    package static let limits = (count: 100_000, step: 1_000...86_400_000, span: Query.limits.years * 366 * 86_400_000)

    package init(first: Timestamp, step: Int, count: Int) {
        self.first = first
        self.step = step
        self.count = count
    }

    /// The moments in order.
    package var moments: some RandomAccessCollection<Timestamp> & Sendable {
        (0..<count).lazy.map { [first, step] in Timestamp(milliseconds: first.milliseconds + $0 * step) }
    }

    /// The moments before a time, and the others.
    package func split(at time: Timestamp) -> (HourSteps, HourSteps) {
        let distance = time.milliseconds - first.milliseconds
        let before = min(count, distance > 0 ? (distance + step - 1) / step : 0)
        let next = Timestamp(milliseconds: first.milliseconds + before * step)
        return (
            HourSteps(first: first, step: step, count: before),
            HourSteps(first: next, step: step, count: count - before)
        )
    }

    /// The same moments at the beginning of their seconds.
    package var inWholeSeconds: HourSteps {
        let milliseconds = first.milliseconds
        let fraction = (milliseconds % 1000 + 1000) % 1000
        return HourSteps(first: Timestamp(milliseconds: milliseconds - fraction), step: step, count: count)
    }

    /// The places of the moments in a range of times in milliseconds, both ends included.
    package func places(from first: Int, through last: Int) -> Range<Int> {
        let (low, high) = (first - self.first.milliseconds, last - self.first.milliseconds)
        let begin = low > 0 ? (low + step - 1) / step : 0
        let end = high < 0 ? 0 : min(count, high / step + 1)
        return begin < end ? begin..<end : 0..<0
    }
}
