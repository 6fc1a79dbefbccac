import FoundationEssentials

/// The operating system's figures about this process, under Prometheus' customary names.
package enum ProcessGauges {
    /// Memory is counted in pages of this size on Linux for x86-64 and arm64.
    private static let pageSize = 4096.0
    /// Times in `/proc` are counted in hundredths of a second (`USER_HZ`).
    private static let ticksPerSecond = 100.0

    /// The current figures; empty without `/proc`.
    package static func read() -> [Gauge] {
        guard let memory = fields(of: "/proc/self/statm"), memory.count > 1, let resident = Double(memory[1]),
            // The second field of stat, the name, may contain blanks; the needed fields follow its parenthesis.
            let stat = text(of: "/proc/self/stat")?.split(separator: ")").last?.split(separator: " "),
            stat.count > 12, let user = Double(stat[11]), let system = Double(stat[12])
        else { return [] }
        // Shown as 0 if the directory cannot be read.
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
        return [
            Gauge(
                name: "process_resident_memory_bytes",
                help: "Resident memory size in bytes.",
                value: resident * pageSize
            ),
            Gauge(
                name: "process_cpu_seconds_total",
                help: "Total user and system CPU time spent in seconds.",
                value: (user + system) / ticksPerSecond,
                type: "counter"
            ),
            Gauge(name: "process_open_fds", help: "Number of open file descriptors.", value: Double(descriptors)),
        ]
    }

    private static func text(of path: String) -> String? {
        // No such file: not Linux.
        (try? Data(contentsOf: URL(filePath: path))).map { String(decoding: $0, as: UTF8.self) }
    }

    private static func fields(of path: String) -> [Substring]? {
        text(of: path)?.split(separator: " ")
    }
}
