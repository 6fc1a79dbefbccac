import Synchronization

/// A histogram with fixed upper bounds.
package final class Histogram: Exposable {
    private struct State {
        var buckets: [Int]
        var sum = 0.0
        var count = 0
    }

    private let name: String
    private let help: String
    private let bounds: [Double]
    private let state: Mutex<State>

    package init(_ name: String, _ help: String, bounds: [Double]) {
        self.name = name
        self.help = help
        self.bounds = bounds
        self.state = Mutex(State(buckets: bounds.map { _ in 0 }))
    }

    /// Notes a value that occurred a number of times.
    package func observe(_ value: Double, times: Int = 1) {
        let bucket = bounds.firstIndex { value <= $0 }
        state.withLock { state in
            if let bucket { state.buckets[bucket] &+= times }
            state.sum += value * Double(times)
            state.count &+= times
        }
    }

    package var exposition: String {
        let state = state.withLock { $0 }
        var text = header(name, help, "histogram")
        var cumulative = 0
        for (bound, count) in zip(bounds, state.buckets) {
            cumulative += count
            text += "\(name)_bucket{le=\"\(bound)\"} \(cumulative)\n"
        }
        text += "\(name)_bucket{le=\"+Inf\"} \(state.count)\n\(name)_sum \(state.sum)\n\(name)_count \(state.count)\n"
        return text
    }
}
