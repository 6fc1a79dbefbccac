import FoundationEssentials

/// The hardware and software of a run.
struct Machine: Sendable, Codable {
    let processor: String
    let cores: Int
    let memoryMegabytes: Int
    let system: String
    let kernel: String
    let postgres: String
    let timescaleDB: String?
    let swift: String
    let commit: String
    let date: String

    init(_ installation: Installation) async throws {
        let cores = try Self.field("model name", in: "/proc/cpuinfo", separator: ":")
        processor = cores.first ?? "unknown processor"
        self.cores = try Self.field("processor", in: "/proc/cpuinfo", separator: ":").count
        let memory = try Self.field("MemTotal", in: "/proc/meminfo", separator: ":").first
        memoryMegabytes = (memory?.split(separator: " ").first.flatMap { Int($0) } ?? 0) / 1024
        system = try Self.field("PRETTY_NAME", in: "/etc/os-release", separator: "=").first ?? "unknown system"
        kernel = try contents(of: "/proc/sys/kernel/osrelease").filter { !$0.isNewline }
        postgres = installation.version
        timescaleDB = installation.timescaleDB
        let swift = try await output(of: "swift", ["--version"])
        self.swift = swift.firstMatch(of: /version ([0-9.]+)/).map { String($0.1) } ?? "unknown"
        let commit = try await output(of: "git", ["rev-parse", "--short", "HEAD"]).filter { !$0.isNewline }
        let changes = try await output(of: "git", ["status", "--porcelain"])
        self.commit = commit + (changes.isEmpty ? "" : " with changes")
        date = Date.now.ISO8601Format()
    }

    var lines: [String] {
        [
            "\(processor), \(cores) cores, \(memoryMegabytes) MB; \(system), Linux \(kernel)",
            "PostgreSQL \(postgres)" + (timescaleDB.map { ", TimescaleDB \($0)" } ?? "") + ", Swift \(swift)",
            "commit \(commit), \(date)",
        ]
    }

    /// The values of all lines with a name, in a file of `name: value` lines.
    private static func field(_ name: String, in path: String, separator: Character) throws -> [String] {
        try contents(of: path).split(separator: "\n").compactMap { line in
            let parts = line.split(separator: separator, maxSplits: 1)
            guard parts.count == 2, parts[0].filter({ $0 != "\t" }) == name else { return nil }
            return parts[1].filter { $0 != "\"" && $0 != "\t" }.trimmingPrefix(" ").description
        }
    }
}

/// Reads a whole file as text.
func contents(of path: String) throws -> String {
    String(decoding: try Data(contentsOf: URL(filePath: path)), as: UTF8.self)
}
