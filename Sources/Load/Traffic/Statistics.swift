import NIOCore

/// The counters and latencies of a run's requests.
struct Statistics: Sendable {
    var requests = 0
    var events = 0
    /// Acknowledged events of each site.
    var acknowledged: [Int]
    var refused = 0
    /// Events that the server found invalid; only in runs that go on after one.
    private(set) var rejected = 0
    /// The first reason for which an event was rejected.
    private(set) var firstRejection: String?
    /// Events of requests without a clear answer.
    var doubtful = 0
    var connectionErrors = 0
    var timeouts = 0
    var started = NIODeadline.uptimeNanoseconds(0)
    var finished = NIODeadline.uptimeNanoseconds(0)
    /// Requests that were due but never sent.
    var overdue = 0
    /// The number of replies by status; the parser accepts 100 to 599 only.
    private(set) var answers = [Int](repeating: 0, count: 600)
    private(set) var latencies = Histogram()
    private var recent = Histogram()
    private var acknowledgedBefore = 0
    private var lineTime: NIODeadline?

    init(sites: Int) {
        acknowledged = Array(repeating: 0, count: sites)
    }

    /// Acknowledged events of all sites.
    var allAcknowledged: Int { acknowledged.reduce(0, +) }

    var seconds: Double {
        Double((finished - started).nanoseconds) / 1e9
    }

    mutating func reject(_ count: Int, _ reason: String) {
        rejected += count
        firstRejection = firstRejection ?? reason
    }

    mutating func answered(_ status: Int, nanoseconds: Int) {
        answers[status] += 1
        recent.record(nanoseconds: nanoseconds)
    }

    /// The progress line for the time since the previous one.
    mutating func line(at now: NIODeadline) -> String {
        let elapsed = Double((now - started).nanoseconds) / 1e9
        let since = Double((now - (lineTime ?? started)).nanoseconds) / 1e9
        let rate = Double(allAcknowledged - acknowledgedBefore) / max(since, 1e-9)
        let line = [
            "\(elapsed.text(digits: 0)) s",
            "\(events) sent",
            "\(rate.text(digits: 0)) acknowledged/s",
            "p50 \(recent.milliseconds(0.5)) ms",
            "p99 \(recent.milliseconds(0.99)) ms",
            "\(connectionErrors + timeouts) errors",
        ]
        merge()
        lineTime = now
        acknowledgedBefore = allAcknowledged
        return line.joined(separator: ", ")
    }

    /// Merges the latencies since the last progress line into those of the run.
    mutating func merge() {
        latencies.merge(recent)
        recent = Histogram()
    }
}
