import FoundationEssentials

/// The operating system's figures about this process, under Prometheus' customary names.
package enum ProcessGauges {
    /// Memory is counted in pages of this size on Linux for x86-64 and arm64.
    private static let pageSize = 4096.0
    /// Times in `/proc` are counted in hundredths of a second (`USER_HZ`).
    private static let ticksPerSecond = 100.0

    /// The current figures; empty without `/proc`.
    package static func read() -> [Gauge] {
        guard let memory = ProcessFile.text(of: "/proc/self/statm")?.split(separator: " "), memory.count > 1,
            let resident = Double(memory[1]),
            // The second field of stat, the name, may contain blanks; the needed fields follow its parenthesis.
            let stat = ProcessFile.text(of: "/proc/self/stat")?.split(separator: ")").last?.split(separator: " "),
            stat.count > 19, let user = Double(stat[11]), let system = Double(stat[12]), let start = Double(stat[19])
        else { return [] }
        // Shown as 0 if the directory cannot be read.
        let descriptors = (try? FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count) ?? 0
        let gauges: [Gauge?] = [
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
            mostDescriptors.map {
                Gauge(name: "process_max_fds", help: "Maximum number of open file descriptors.", value: $0)
            },
            bootTime.map {
                Gauge(
                    name: "process_start_time_seconds",
                    help: "Start time of the process since unix epoch in seconds.",
                    value: $0 + start / ticksPerSecond
                )
            },
        ]
        return gauges.compactMap(\.self)
    }

    private static var mostDescriptors: Double? {
        let line = ProcessFile.text(of: "/proc/self/limits")?.split(separator: "\n")
            .first { $0.hasPrefix("Max open files") }
        return line?.split(separator: " ").dropFirst(3).first.flatMap { Double($0) }
    }

    /// The start of the machine in seconds since 1970.
    private static var bootTime: Double? {
        let line = ProcessFile.text(of: "/proc/stat")?.split(separator: "\n").first { $0.hasPrefix("btime ") }
        return line?.split(separator: " ").last.flatMap { Double($0) }
    }
}
