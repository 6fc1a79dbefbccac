import Load

/// A figure that is measured.
enum Metric: String, Sendable, CaseIterable, Codable, CodingKeyRepresentable {
    case requestsPerSecond
    case eventsPerSecond
    case p50
    case p95
    case p99
    case requestsPerCPUSecond
    case eventsPerCPUSecond
    case bytesPerEvent
    case readySeconds
    case residentMegabytes
    case peakMegabytes
    /// Events that came in meanwhile.
    case arrivalsPerSecond
    case count
    case errors

    var heading: String {
        switch self {
        case .requestsPerSecond: "requests/s"
        case .eventsPerSecond: "events/s"
        case .p50, .p95, .p99: "\(rawValue) ms"
        case .requestsPerCPUSecond: "requests per CPU s"
        case .eventsPerCPUSecond: "events per CPU s"
        case .bytesPerEvent: "bytes per event"
        case .readySeconds: "seconds to ready"
        case .residentMegabytes: "resident MB"
        case .peakMegabytes: "peak MB"
        case .arrivalsPerSecond: "arrivals/s"
        case .count: "asked"
        case .errors: "errors"
        }
    }

    /// After the decimal point.
    var digits: Int {
        switch self {
        case .p50, .p95, .p99, .readySeconds: 2
        case .bytesPerEvent, .residentMegabytes, .peakMegabytes: 1
        default: 0
        }
    }

    /// Whether more of it is better.
    var isRate: Bool {
        switch self {
        case .requestsPerSecond, .eventsPerSecond: true
        default: false
        }
    }
}

/// What one round of one contender in one situation gave.
struct Measurement: Sendable, Codable {
    let section: SectionName
    let flavour: String
    /// What all contenders meet alike, such as the number of connections.
    let situation: String
    let contender: String
    let round: Int
    let values: [Metric: Double]

    var text: String {
        Metric.allCases.compactMap { metric in
            values[metric].map { "\(metric.heading) \($0.text(digits: metric.digits))" }
        }.joined(separator: ", ")
    }
}
