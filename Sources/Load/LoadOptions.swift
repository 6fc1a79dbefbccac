/// The options of a run: target, traffic and checks.
package struct LoadOptions: Sendable {
    /// The traffic, and the number of events in a request.
    package enum Mode: String, Sendable, CaseIterable {
        /// Clicks and impressions, one in a request.
        case single
        /// Clicks and impressions, many in a request.
        case bulk
        /// Visits of pages, one hit in a request or many.
        case pages
    }

    /// The format of the events in a bulk request.
    package enum Format: String, Sendable, CaseIterable {
        case csv
        case ndjson
    }

    /// The server's address; a path in it is prepended to those of the API.
    package var url = "http://127.0.0.1:8080"
    /// The names of the sites that receive the events, the first most of them; empty for the standard site alone.
    package var sites: [String] = []
    /// The server key of each site, for visits of pages.
    package var keys: [String] = []
    /// Events per second; nil for as fast as the server answers.
    package var rate: Int?
    /// The number of open connections, each with one request at a time.
    package var connections = 64
    /// The length of the run; nil for 10 seconds, or for no limit if `events` is given.
    package var duration: Duration?
    /// The number of events to send; nil for no limit.
    package var events: Int?
    /// The number of users to draw from.
    package var users = 100_000
    /// The exponent of the Zipf distribution of users; 0 draws all with equal probability.
    package var skew = 1.0
    /// The length of the range of event times, in hours before `until`.
    package var hours = 3
    /// The share of events dated earlier than their turn; of visits of pages, and of hits sent later than their turn.
    package var late = 0.05
    /// The last second of the range, since 1970; nil for now.
    package var until: Int?
    /// The seed of the random numbers; the same seed gives the same events in the same order.
    package var seed: UInt64 = 1
    package var mode = Mode.single
    /// Events in a request; nil for 1 000 in bulk, and for one hit at a time.
    package var bulkSize: Int?
    package var format = Format.csv
    /// The number of random instants at which the server's answers are checked; 0 checks nothing.
    package var checks = 64
    /// The share of clicks; the rest are impressions.
    package var clicks = 0.2
    /// The earliest second of hits that name their visitor by address and agent alone; nil for the start of yesterday.
    ///
    /// Dates are UTC. For earlier ones the server has deleted the salt, and would count nobody.
    package var addressesFrom: Int?
    /// The share of hits that are sent twice, with the same id.
    package var repeats = 0.01
    /// The longest wait for an answer.
    package var timeout: Duration = .seconds(30)

    package init() {}

    /// The number of events in a request.
    var batch: Int {
        switch mode {
        case .single: 1
        case .bulk: bulkSize ?? 1_000
        case .pages: bulkSize ?? 1
        }
    }
}
