import FoundationEssentials

/// The figures that the kernel of this machine tells about it and the processes of a server.
struct LocalReading: Sendable {
    /// A process of a server or of its database.
    struct Process: Sendable {
        let id: Int
        /// The text by which the process is told from others of its program.
        let title: String
        /// Seconds of processor time.
        let time: Double
        /// Bytes.
        let memory: Double
        let threads: Double
    }

    /// Bytes that came and went over all networks but the loopback one.
    struct Traffic: Equatable, Sendable {
        var received: Double
        var sent: Double
    }

    /// The programs whose processes are told.
    private static let programs = ["hourglass", "postgres", "timescaledb"]
    /// Times in `/proc` are counted in hundredths of a second (`USER_HZ`).
    private static let ticksPerSecond = 100.0
    private static let longestTitle = 120

    var processes: [Process] = []
    var traffic: Traffic?

    /// Reads the figures of this moment; what the kernel does not tell is left out.
    static func read() -> LocalReading {
        let ids = (try? FileManager.default.contentsOfDirectory(atPath: "/proc"))?.compactMap { Int($0) } ?? []
        return LocalReading(
            processes: ids.sorted().compactMap(process),
            traffic: text("/proc/net/dev").flatMap(traffic)
        )
    }

    private static func process(_ id: Int) -> Process? {
        guard let stat = text("/proc/\(id)/stat"), let name = name(stat), programs.contains(name) else { return nil }
        let words = (text("/proc/\(id)/cmdline") ?? "").split(separator: "\0").map(String.init)
        // This program itself is none of the server's.
        guard name != "hourglass" || words.contains("serve") else { return nil }
        return process(id, stat: stat, status: text("/proc/\(id)/status") ?? "", command: words)
    }

    /// The name of the program in `/proc/ID/stat`, which is in brackets.
    private static func name(_ stat: String) -> String? {
        guard let start = stat.firstIndex(of: "("), let end = stat.lastIndex(of: ")"), start < end else { return nil }
        return String(stat[stat.index(after: start)..<end])
    }

    /// A process by its files.
    ///
    /// - Parameters:
    ///   - id: The number of the process.
    ///   - stat: The text of `/proc/ID/stat`.
    ///   - status: The text of `/proc/ID/status`.
    ///   - command: The words of its command line, or its title.
    /// - Returns: The process; nil if the text has another form.
    static func process(_ id: Int, stat: String, status: String, command: [String]) -> Process? {
        guard let name = name(stat), let end = stat.lastIndex(of: ")") else { return nil }
        // The fields from the third one on, `state`.
        let fields = stat[stat.index(after: end)...].split(separator: " ")
        guard fields.count > 17, let user = Double(fields[11]), let system = Double(fields[12]),
            let threads = Double(fields[17])
        else { return nil }
        let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
        let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Double($0) }
        // A backend of PostgreSQL writes what it does into its title.
        let title = command.first?.hasPrefix("postgres:") == true ? command.joined(separator: " ") : name
        return Process(
            id: id,
            title: String(title.prefix(longestTitle)),
            time: (user + system) / ticksPerSecond,
            memory: (kilobytes ?? 0) * 1_024,
            threads: threads
        )
    }

    /// The sums of `/proc/net/dev`; nil if the text has another form.
    static func traffic(_ text: String) -> Traffic? {
        var sums: Traffic?
        for line in text.split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            guard parts.count == 2, parts[0].drop(while: \.isWhitespace) != "lo" else { continue }
            let fields = parts[1].split(separator: " ")
            guard fields.count > 8, let received = Double(fields[0]), let sent = Double(fields[8]) else { continue }
            sums = Traffic(received: (sums?.received ?? 0) + received, sent: (sums?.sent ?? 0) + sent)
        }
        return sums
    }

    private static func text(_ path: String) -> String? {
        // A process may end while it is read, and another system has no such files.
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
    }
}
