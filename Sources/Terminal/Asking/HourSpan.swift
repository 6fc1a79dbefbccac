/// The time over which the hours of a site are shown, up to now.
enum HourSpan: CaseIterable, Sendable {
    case minutes, hour, day, weeks

    /// The name for people.
    var title: String {
        switch self {
        case .minutes: "the last 5 minutes"
        case .hour: "the last hour"
        case .day: "the last day"
        case .weeks: "the last 28 days"
        }
    }

    /// The seconds from the end of the first hour to that of the last.
    var seconds: Int {
        switch self {
        case .minutes: 300
        case .hour: 3_600
        case .day: 86_400
        case .weeks: 28 * 86_400
        }
    }

    /// The time from the end of one hour to that of the next, as the interface has it.
    var step: String {
        switch self {
        case .minutes: "5s"
        case .hour: "1m"
        case .day: "20m"
        case .weeks: "8h"
        }
    }

    /// The next longer time; after the longest the shortest.
    var next: HourSpan {
        switch self {
        case .minutes: .hour
        case .hour: .day
        case .day: .weeks
        case .weeks: .minutes
        }
    }
}
