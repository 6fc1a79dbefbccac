import FoundationEssentials

/// The operating system's figures about the machine, under the names of Prometheus' node exporter.
package enum MachineGauges {
    /// Times in `/proc` are counted in hundredths of a second (`USER_HZ`).
    private static let ticksPerSecond = 100.0
    /// The modes of a processor in the order of `/proc/stat`.
    private static let modes = ["user", "nice", "system", "idle", "iowait", "irq", "softirq", "steal"]

    /// The current figures; those that the system does not tell are left out.
    ///
    /// - Parameter paths: Files on the file systems whose room is told.
    /// - Returns: The figures.
    package static func read(paths: [String]) -> [Gauge] {
        loads + memory + processors + disks(paths)
    }

    private static var loads: [Gauge] {
        guard let fields = ProcessFile.text(of: "/proc/loadavg")?.split(separator: " ") else { return [] }
        return zip([1, 5, 15], fields).compactMap { minutes, text in
            Double(text).map {
                Gauge(name: "node_load\(minutes)", help: "Runnable processes, mean of \(minutes) minutes.", value: $0)
            }
        }
    }

    private static var memory: [Gauge] {
        let lines = ProcessFile.text(of: "/proc/meminfo")?.split(separator: "\n") ?? []
        return ["MemTotal", "MemAvailable"].compactMap { name in
            let line = lines.first { $0.hasPrefix("\(name):") }
            let kilobytes = line?.split(separator: " ").dropFirst().first.flatMap { Double($0) }
            return kilobytes.map {
                Gauge(name: "node_memory_\(name)_bytes", help: "\(name) of /proc/meminfo.", value: $0 * 1_024)
            }
        }
    }

    private static var processors: [Gauge] {
        var values: [([(String, String)], Double)] = []
        for line in ProcessFile.text(of: "/proc/stat")?.split(separator: "\n") ?? [] {
            let fields = line.split(separator: " ")
            // The first line is the sum of all processors.
            guard let name = fields.first, name.hasPrefix("cpu"), name != "cpu" else { continue }
            for (mode, ticks) in zip(modes, fields.dropFirst()) {
                guard let ticks = Double(ticks) else { continue }
                values.append(([("cpu", String(name.dropFirst(3))), ("mode", mode)], ticks / ticksPerSecond))
            }
        }
        guard !values.isEmpty else { return [] }
        let help = "Seconds that the processors spent in each mode."
        return [Gauge(name: "node_cpu_seconds_total", help: help, type: "counter", values: values)]
    }

    private static func disks(_ paths: [String]) -> [Gauge] {
        let mounts = ProcessFile.text(of: "/proc/self/mounts")?.split(separator: "\n")
            .compactMap { $0.split(separator: " ").dropFirst().first.map(String.init) }
        var rooms: [(mount: String, size: Double, available: Double)] = []
        for path in paths {
            let mount = mountPoint(of: path, mounts ?? [])
            // A directory that is not there yet has no room to tell.
            guard !rooms.contains(where: { $0.mount == mount }),
                let attributes = try? FileManager.default.attributesOfFileSystem(forPath: path),
                let size = number(attributes[.systemSize]), let available = number(attributes[.systemFreeSize])
            else { continue }
            rooms.append((mount, size, available))
        }
        guard !rooms.isEmpty else { return [] }
        return [
            Gauge(
                name: "node_filesystem_size_bytes",
                help: "Size of the file systems that the server writes to.",
                values: rooms.map { ([("mountpoint", $0.mount)], $0.size) }
            ),
            Gauge(
                name: "node_filesystem_avail_bytes",
                help: "Room for the server on these file systems.",
                values: rooms.map { ([("mountpoint", $0.mount)], $0.available) }
            ),
        ]
    }

    /// The longest mount point that a path begins with.
    static func mountPoint(of path: String, _ mounts: [String]) -> String {
        let found = mounts.filter { $0 == "/" || path == $0 || path.hasPrefix($0 + "/") }
        return found.max { $0.utf8.count < $1.utf8.count } ?? path
    }

    private static func number(_ value: Any?) -> Double? {
        (value as? any BinaryInteger).map { Double($0) }
    }
}
