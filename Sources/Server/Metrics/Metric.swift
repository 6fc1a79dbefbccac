import Synchronization

// Prometheus' text format 0.0.4: a HELP line, a TYPE line, and a line for each combination of labels.

/// Something that `/metrics` shows.
protocol Exposable: Sendable {
    var exposition: String { get }
}

/// What tells the values of one metric apart.
protocol Labels: Sendable, Hashable {
    var pairs: [(String, String)] { get }
}

struct NoLabels: Labels {
    var pairs: [(String, String)] { [] }
    static func == (_: NoLabels, _: NoLabels) -> Bool { true }
    func hash(into hasher: inout Hasher) {}
}

/// A number that only grows.
final class Counter<Key: Labels>: Exposable {
    private let name: String
    private let help: String
    private let values = Mutex<[Key: Int]>([:])

    init(_ name: String, _ help: String) {
        self.name = name
        self.help = help
    }

    func add(_ count: Int, _ key: Key) {
        values.withLock { $0[key, default: 0] &+= count }
    }

    func value(_ key: Key) -> Int {
        values.withLock { $0[key] ?? 0 }
    }

    var exposition: String {
        let lines = values.withLock { $0 }.map { "\(name)\(labelText($0.key.pairs)) \($0.value)\n" }.sorted()
        // A counter without labels is there from the start; the others appear with their first value.
        let zero = lines.isEmpty && Key.self == NoLabels.self ? ["\(name) 0\n"] : lines
        return header(name, help, "counter") + zero.joined()
    }
}

extension Counter where Key == NoLabels {
    func add(_ count: Int) { add(count, NoLabels()) }
}

/// How many values were at most as large as each of some bounds.
final class Histogram: Exposable {
    private struct State {
        var buckets: [Int]
        var sum = 0.0
        var count = 0
    }

    private let name: String
    private let help: String
    private let bounds: [Double]
    private let state: Mutex<State>

    init(_ name: String, _ help: String, bounds: [Double]) {
        self.name = name
        self.help = help
        self.bounds = bounds
        self.state = Mutex(State(buckets: bounds.map { _ in 0 }))
    }

    /// Notes a value, and how often it occurred.
    func observe(_ value: Double, times: Int = 1) {
        let bucket = bounds.firstIndex { value <= $0 }
        state.withLock { state in
            if let bucket { state.buckets[bucket] &+= times }
            state.sum += value * Double(times)
            state.count &+= times
        }
    }

    var exposition: String {
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

/// A number as it is now.
struct Gauge: Exposable {
    let name: String
    let help: String
    let value: Double
    var pairs: [(String, String)] = []
    var type = "gauge"

    var exposition: String {
        header(name, help, type) + "\(name)\(labelText(pairs)) \(value)\n"
    }
}

/// A number for each of several things, as they are now.
struct GaugeFamily: Exposable {
    let name: String
    let help: String
    var type = "gauge"
    let values: [(pairs: [(String, String)], value: Double)]

    var exposition: String {
        header(name, help, type) + values.map { "\(name)\(labelText($0.pairs)) \($0.value)\n" }.joined()
    }
}

private func header(_ name: String, _ help: String, _ type: String) -> String {
    "# HELP \(name) \(help)\n# TYPE \(name) \(type)\n"
}

private func labelText(_ pairs: [(String, String)]) -> String {
    guard !pairs.isEmpty else { return "" }
    return "{" + pairs.map { "\($0)=\"\($1)\"" }.joined(separator: ",") + "}"
}
