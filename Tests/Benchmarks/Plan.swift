import Schema
import Store
import SystemPackage

/// A part of the comparison that can be run alone.
enum SectionName: String, Sendable, CaseIterable, Codable {
    case write
    case bulk
    case read
    case storage
    case servers
    case start
}

/// What to measure, and how often.
struct Plan: Sendable {
    /// An hour with much more in it than the others.
    struct HotHour: Sendable {
        let events: Int
        let users: Int

        static let full = HotHour(events: 2_000_000, users: 300_000)
        static let trial = HotHour(events: 40_000, users: 6_000)
    }

    let sections: [SectionName]
    let rounds: Int
    /// Of one measurement.
    let seconds: Int
    let connections: [Int]
    /// Stored events, in millions.
    let sizes: [Double]
    /// To draw from.
    let users: Int
    let hotHour: HotHour
    /// nil for all that are installed.
    let flavours: [Flavour]?
    let isQuick: Bool
    /// The file for JSON.
    let results: FilePath
    /// The place for databases.
    let directory: FilePath
}
