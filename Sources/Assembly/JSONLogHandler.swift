import FoundationEssentials
package import Logging
import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// Writes a line of JSON to standard error for each event.
package struct JSONLogHandler: LogHandler {
    package var logLevel: Logger.Level
    package var metadata: Logger.Metadata = [:]

    package init(level: Logger.Level) {
        logLevel = level
    }

    /// The logger of a command.
    ///
    /// Whoever reads the log may leave: that must not end the process.
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
            line[key == "hb.request.id" ? "request_id" : key] = value.description
        }
        // A request that brought an id of its own is known by that.
        if let own = event.metadata?["request_id"] { line["request_id"] = own.description }
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
        guard var bytes = try? encoder.encode(line) else { return }
        bytes.append(UInt8(ascii: "\n"))
        // Whoever read the log is gone (EPIPE), or the disk is full: there is no place left to say so.
        _ = try? FileDescriptor.standardError.writeAll(bytes)
    }
}
