import Schema
import Store
import SystemPackage

/// A part of the comparison that can be run separately.
enum SectionName: String, Sendable, CaseIterable, Codable {
    case write
    case bulk
    case hits
    case pages
    case reports
    case read
    case storage
    case servers
    case start
}

/// The extent of the measurements.
struct Plan: Sendable {
    /// An hour with many more events than the others.
    struct HotHour: Sendable {
        let events: Int
        let users: Int

        static let full = HotHour(events: 2_000_000, users: 300_000)
        static let trial = HotHour(events: 40_000, users: 6_000)
    }

    let sections: [SectionName]
    let rounds: Int
    /// The duration of one measurement.
    let seconds: Int
    let connections: [Int]
    /// Numbers of stored events, in millions.
    let sizes: [Double]
    /// Numbers of page views that reports are about, in millions.
    let views: [Double]
    /// The number of users to choose from at random.
    let users: Int
    let hotHour: HotHour
    /// The flavours to measure; nil for all that are installed.
    let flavours: [Flavour]?
    let isQuick: Bool
    /// The JSON file of the results.
    let results: FilePath
    /// The parent directory of the databases.
    let directory: FilePath
}
