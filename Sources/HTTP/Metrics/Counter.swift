import Synchronization

/// A count that only grows, for each combination of labels.
package final class Counter<Key: Labels>: Exposable {
    private let name: String
    private let help: String
    private let values = Mutex<[Key: Int]>([:])

    package init(_ name: String, _ help: String) {
        self.name = name
        self.help = help
    }

    package func add(_ count: Int, _ key: Key) {
        values.withLock { $0[key, default: 0] &+= count }
    }

    package func value(_ key: Key) -> Int {
        values.withLock { $0[key] ?? 0 }
    }

    package var exposition: String {
        let lines = values.withLock { $0 }.map { "\(name)\(labelText($0.key.pairs)) \($0.value)\n" }.sorted()
        // A counter without labels is shown from the start; the others are shown from their first value on.
        let zero = lines.isEmpty && Key.self == NoLabels.self ? ["\(name) 0\n"] : lines
        return header(name, help, "counter") + zero.joined()
    }
}

extension Counter where Key == NoLabels {
    package func add(_ count: Int) { add(count, NoLabels()) }
}
