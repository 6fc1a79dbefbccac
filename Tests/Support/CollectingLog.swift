package import Logging
import Synchronization

/// A log kept in memory for a test.
package final class CollectingLog: Sendable {
    private let lines = Mutex<[String]>([])

    package init() {}

    /// Each message with its level and metadata.
    package var entries: [String] { lines.withLock(\.self) }

    /// Adds a line written by another program.
    package func add(_ line: String) { lines.withLock { $0.append(line) } }

    /// A logger that writes to this log.
    package func logger(_ level: Logger.Level = .trace) -> Logger {
        Logger(label: "test") { _ in Handler(log: self, logLevel: level) }
    }

    private struct Handler: LogHandler {
        let log: CollectingLog
        var logLevel: Logger.Level
        var metadata: Logger.Metadata = [:]

        subscript(metadataKey key: String) -> Logger.Metadata.Value? {
            get { metadata[key] }
            set { metadata[key] = newValue }
        }

        func log(event: LogEvent) {
            let all = metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 })
            log.add("\(event.level) \(event.message) \(all)")
        }
    }
}
