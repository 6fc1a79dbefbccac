import FoundationEssentials
package import Logging
import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// A log handler that writes each event to standard error, as one line of JSON.
package struct JSONLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]

    package init(level: Logger.Level) {
        logLevel = level
    }

    /// The logger of a command; SIGPIPE is ignored from then on.
    ///
    /// The reader of the log may end before the process, which must not end it.
    package static func logger(level: Logger.Level) -> Logger {
        signal(SIGPIPE, SIG_IGN)
        return Logger(label: "hourglass") { _ in JSONLogHandler(level: level) }
    }

    package subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    package func log(event: LogEvent) {
        var line: [String: String] = [:]
        for (key, value) in metadata.merging(event.metadata ?? [:], uniquingKeysWith: { $1 }) {
            line[key] = value.description
        }
        if let error = event.error { line["error"] = "\(error)" }
        line["time"] = Date.now.ISO8601Format(.init(includingFractionalSeconds: true))
        line["level"] = event.level.rawValue
        line["message"] = event.message.description
        line["source"] = event.source
        write(line)
    }

    private func write(_ line: [String: String]) {
        let encoder = JSONEncoder()
        encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
        // A dictionary of strings can always be encoded.
        guard var bytes = try? encoder.encode(line) else { return }
        bytes.append(UInt8(ascii: "\n"))
        // The reader of the log has ended (EPIPE), or the disk is full: there is nowhere left to report it.
        _ = try? FileDescriptor.standardError.writeAll(bytes)
    }
}
