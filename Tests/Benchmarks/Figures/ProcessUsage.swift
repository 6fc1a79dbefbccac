import FoundationEssentials

#if canImport(Glibc)
    import Glibc
#endif

/// The processor time and memory used by all threads of a process so far.
struct ProcessUsage: Sendable {
    let processorSeconds: Double
    let residentMegabytes: Double
    /// The peak of the resident memory, in MB.
    let peakMegabytes: Double

    init(of process: Int32) throws {
        let stat = try contents(of: "/proc/\(process)/stat")
        // The name of the program, in parentheses, may contain blanks.
        let fields = stat.split(separator: ")").last?.split(separator: " ") ?? []
        let ticks = fields.dropFirst(11).prefix(2).compactMap { Double($0) }.reduce(0, +)
        processorSeconds = ticks / Double(sysconf(Int32(_SC_CLK_TCK)))
        let status = try contents(of: "/proc/\(process)/status")
        residentMegabytes = Self.megabytes("VmRSS:", status)
        peakMegabytes = Self.megabytes("VmHWM:", status)
    }

    private static func megabytes(_ name: String, _ status: String) -> Double {
        let line = status.split(separator: "\n").first { $0.hasPrefix(name) }
        let kilobytes = line?.dropFirst(name.count).split(whereSeparator: \.isWhitespace).first.flatMap { Double($0) }
        return (kilobytes ?? 0) / 1024
    }
}
