import Load

/// A measured quantity.
enum Metric: String, Sendable, CaseIterable, Codable, CodingKeyRepresentable {
    case requestsPerSecond
    case eventsPerSecond
    case pageviewsPerSecond
    case p50
    case p95
    case p99
    /// The first request, which nobody has prepared, in milliseconds.
    case first
    /// Processor time of the server for one request, in milliseconds.
    case processorMilliseconds
    case requestsPerCPUSecond
    case eventsPerCPUSecond
    case bytesPerEvent
    case bytesPerView
    case readySeconds
    case residentMegabytes
    case peakMegabytes
    /// Events that arrived during the measurement.
    case arrivalsPerSecond
    case count
    case errors

    var heading: String {
        switch self {
        case .requestsPerSecond: "requests/s"
        case .eventsPerSecond: "events/s"
        case .pageviewsPerSecond: "page views/s"
        case .p50, .p95, .p99: "\(rawValue) ms"
        case .first: "first ms"
        case .processorMilliseconds: "CPU ms each"
        case .requestsPerCPUSecond: "requests per CPU s"
        case .eventsPerCPUSecond: "events per CPU s"
        case .bytesPerEvent: "bytes per event"
        case .bytesPerView: "bytes per page view"
        case .readySeconds: "seconds to ready"
        case .residentMegabytes: "resident MB"
        case .peakMegabytes: "peak MB"
        case .arrivalsPerSecond: "arrivals/s"
        case .count: "asked"
        case .errors: "errors"
        }
    }

    /// The number of printed decimals.
    var digits: Int {
        switch self {
        case .p50, .p95, .p99, .readySeconds: 2
        case .bytesPerEvent, .bytesPerView, .first, .processorMilliseconds, .residentMegabytes, .peakMegabytes: 1
        default: 0
        }
    }

    /// True if a higher value is better.
    var isRate: Bool {
        switch self {
        case .requestsPerSecond, .eventsPerSecond, .pageviewsPerSecond: true
        default: false
        }
    }
}

/// The values of one round of one contender in one situation.
struct Measurement: Sendable, Codable {
    let section: SectionName
    let flavour: String
    /// The condition shared by all contenders, such as the number of connections.
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
