import Analytics
package import HTTP
import Ingest

/// The metrics that the server counts, under the names that `/metrics` shows.
package final class Meters: Sendable {
    struct RejectionLabels: Hashable, Labels {
        let rejection: Rejection
        var pairs: [(String, String)] {
            [("field", rejection.field.rawValue), ("reason", rejection.reason.rawValue)]
        }
    }

    struct TrimmedLabels: Hashable, Labels {
        let field: HitField
        var pairs: [(String, String)] { [("field", field.rawValue)] }
    }

    package let requests = RequestMeters()
    let accepted = Counter<NoLabels>("hourglass_events_accepted_total", "Events that have been committed.")
    let acceptedHits = Counter<NoLabels>("hourglass_hits_accepted_total", "Hits that have been committed.")
    let rejected = Counter<RejectionLabels>(
        "hourglass_events_rejected_total",
        "Events that could not be stored, by reason."
    )
    let trimmed = Counter<TrimmedLabels>(
        "hourglass_hit_fields_trimmed_total",
        "Fields of hits that were cut or left out, by name."
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
        bounds: RequestMeters.secondBounds
    )
    let scanSeconds = Histogram(
        "hourglass_report_scan_duration_seconds",
        "Time to scan the parts of days that a question is about.",
        bounds: RequestMeters.secondBounds
    )

    package init() {}

    /// Notes a batch that was written or given up.
    package func noteBatch(events: Int, duration: Duration) {
        batchEvents.observe(Double(events))
        batchSeconds.observe(duration / .seconds(1))
    }

    /// Notes a scan of parts of days.
    package func noteScan(_ duration: Duration) {
        scanSeconds.observe(duration / .seconds(1))
    }

    func noteRejections(_ rejections: [Rejection: Int]) {
        for (rejection, count) in rejections { rejected.add(count, RejectionLabels(rejection: rejection)) }
    }

    func noteTrimmed(_ fields: [HitField: Int]) {
        for (field, count) in fields { trimmed.add(count, TrimmedLabels(field: field)) }
    }

    /// All metrics in the text format, with the gauges of this moment.
    func exposition(gauges: [any Exposable]) -> String {
        let families: [any Exposable] = [
            accepted, acceptedHits, rejected, trimmed, replayed, batchEvents, batchSeconds, scanSeconds,
        ]
        return (requests.families + families + gauges).map(\.exposition).joined()
    }
}
