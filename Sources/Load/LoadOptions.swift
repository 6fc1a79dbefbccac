/// What traffic to make, where to, and how much of it to check.
package struct LoadOptions: Sendable {
    /// How many events travel in a request.
    package enum Mode: String, Sendable, CaseIterable {
        case single
        case bulk
    }

    /// How the events of a bulk request are written down.
    package enum Format: String, Sendable, CaseIterable {
        case csv
        case ndjson
    }

    /// Where the server is; a path in it comes before `/analytics`.
    package var url = "http://127.0.0.1:8080"
    /// Events per second; without it, as fast as the server answers.
    package var rate: Int?
    /// Connections that are kept open, each with one request under way.
    package var connections = 64
    /// When to stop; without it and without `events`, after 10 seconds.
    package var duration: Duration?
    /// How many events to send.
    package var events: Int?
    /// How many users there are to draw from.
    package var users = 100_000
    /// The exponent of Zipf's law by which users are drawn; 0 draws all alike.
    package var skew = 1.0
    /// Over how many hours before `until` the events are spread.
    package var hours = 3
    /// The share of events that are dated earlier than their turn.
    package var late = 0.05
    /// The last second of the range, since 1970; without it, now.
    package var until: Int?
    /// The same seed gives the same events in the same order.
    package var seed: UInt64 = 1
    package var mode = Mode.single
    /// Events in a bulk request.
    package var bulkSize = 1_000
    package var format = Format.csv
    /// At how many random instants the server's answers are checked; 0 checks nothing.
    package var checks = 64
    /// The share of clicks; the rest are impressions.
    package var clicks = 0.2
    /// How long to wait for an answer.
    package var timeout: Duration = .seconds(30)

    package init() {}
}
