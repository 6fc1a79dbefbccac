extension Figures {
    /// Notes what was refused and changed since the start of the process.
    ///
    /// - Parameters:
    ///   - now: The metrics.
    ///   - before: Those of the reading before; nil for none.
    ///   - seconds: The time between both.
    mutating func noteRefusals(_ now: Metrics, _ before: Metrics?, over seconds: Double) {
        let earlier = before.map(Self.refusals)
        refused = Self.refusals(now).sorted { $0.key < $1.key }.map { reason, count in
            Refused(reason: reason, count: count, rate: earlier.map { max(0, count - ($0[reason] ?? 0)) / seconds })
        }
        let fields = now["hourglass_hit_fields_trimmed_total"].compactMap { sample in
            sample.labels["field"].map { ($0, sample.value) }
        }
        trimmed = Dictionary(fields, uniquingKeysWith: +)
        batchesResent = now.sum("hourglass_batches_resent_total")
        requestsReplayed = now.sum("hourglass_requests_replayed_total")
        refusedByDatabase = now.sum("hourglass_events_refused_by_database_total")
        refusedBySpool = now.sum("hourglass_spool_refused_events_total")
    }

    /// The refused events by their reasons, as `Rejection` describes itself.
    private static func refusals(_ metrics: Metrics) -> [String: Double] {
        let reasons = metrics["hourglass_events_rejected_total"].compactMap { sample -> (String, Double)? in
            guard let field = sample.labels["field"], let reason = sample.labels["reason"] else { return nil }
            return ("\(field): \(reason)", sample.value)
        }
        return Dictionary(reasons, uniquingKeysWith: +)
    }
}
