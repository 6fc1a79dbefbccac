import Analytics
import Synchronization

/// Everything the server counts, under the names that `/metrics` shows.
package final class Meters: Sendable {
    /// A kind of request.
    ///
    /// The route is one of ours or `other`, so that nobody can fill the memory with new ones.
    struct RequestLabels: Hashable, Labels {
        let route: String
        let method: String
        let status: Int
        var pairs: [(String, String)] { [("route", route), ("method", method), ("status", "\(status)")] }
    }

    struct RejectionLabels: Hashable, Labels {
        let rejection: Rejection
        var pairs: [(String, String)] {
            [("field", rejection.field.rawValue), ("reason", rejection.reason.rawValue)]
        }
    }

    /// From half a millisecond, in which a commit can be done, to the longest that one is waited for.
    private static let seconds = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30]

    let requests = Counter<RequestLabels>("hourglass_http_requests_total", "Requests answered.")
    let requestSeconds = Histogram(
        "hourglass_http_request_duration_seconds",
        "Time from the head of a request to its answer.",
        bounds: Meters.seconds
    )
    let accepted = Counter<NoLabels>("hourglass_events_accepted_total", "Events that have been committed.")
    let rejected = Counter<RejectionLabels>(
        "hourglass_events_rejected_total",
        "Events that could not be stored, by reason."
    )
    let replayed = Counter<NoLabels>(
        "hourglass_requests_replayed_total",
        "Requests with an Idempotency-Key that had been used before."
    )
    let batchEvents = Histogram(
        "hourglass_batch_events",
        "Events in a batch that was committed together.",
        bounds: [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000]
    )
    let batchSeconds = Histogram(
        "hourglass_batch_duration_seconds",
        "Time to commit a batch, with all tries.",
        bounds: Meters.seconds
    )

    package init() {}

    /// Notes a batch that was written or given up.
    package func noteBatch(events: Int, duration: Duration) {
        batchEvents.observe(Double(events))
        batchSeconds.observe(duration / .seconds(1))
    }

    func noteRejections(_ rejections: [Rejection: Int]) {
        for (rejection, count) in rejections { rejected.add(count, RejectionLabels(rejection: rejection)) }
    }

    /// All of it, and the values that are read at the moment of asking.
    func exposition(gauges: [any Exposable]) -> String {
        let families: [any Exposable] = [
            requests, requestSeconds, accepted, rejected, replayed, batchEvents, batchSeconds,
        ]
        return (families + gauges).map(\.exposition).joined()
    }
}
