import FoundationEssentials

/// The number of files that the operating system lets this process open.
enum FileLimit {
    /// Files that are kept for the database, the log and the like.
    private static let reserve = 100

    /// The number of client connections that fit; `Int.max` where the limit is unknown.
    static let forConnections: Int = {
        // Not Linux: then the setting alone counts.
        guard let text = try? Data(contentsOf: URL(filePath: "/proc/self/limits")) else { return .max }
        let line = String(decoding: text, as: UTF8.self).split(separator: "\n")
            .first { $0.hasPrefix("Max open files") }
        let soft = line?.split(separator: " ").dropFirst(3).first.flatMap { Int($0) }
        return soft.map { max(1, $0 - reserve) } ?? .max
    }()
}
