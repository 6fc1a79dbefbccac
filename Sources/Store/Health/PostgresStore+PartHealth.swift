import Analytics
import Postgres

// What is told about reports, in `/readyz` and `/metrics`.
extension PostgresStore {
    /// The check of the parts that are stored: without them answers come from the rows, and take longer.
    func partCheck() async -> Check {
        // Without the number nothing is wrong that another check would not tell.
        let days = (try? await ask { try await $0.execute(PartGap()).first }) ?? nil
        guard let days, days > 0 else { return Check("parts", .minor) }
        return Check("parts", .minor, remark: "no part is stored for \(days) days: answers about them come from rows")
    }

    var reportMeasurements: [Measurement] {
        let kept = parts.kept
        return [
            Measurement("hourglass_parts", "Parts of days in memory for reports.", value: Double(kept.parts)),
            Measurement("hourglass_part_bytes", "Bytes of the parts of days in memory.", value: Double(kept.bytes)),
            Measurement("hourglass_report_bytes", "Bytes of the answers in memory.", value: Double(answers.bytes)),
            Measurement(
                "hourglass_report_count_bytes",
                "Bytes of what questions have counted, for their next answers.",
                value: Double(counts.bytes)
            ),
            Measurement(
                "hourglass_report_questions_waiting",
                "Questions that wait for a connection for reports, or for the answer to an equal one.",
                value: Double(reporting.waiting + joined.waiting)
            ),
            Measurement(
                "hourglass_reports_joined_total",
                "Questions that got the answer to an equal one.",
                .counter,
                value: Double(joined.joined)
            ),
            Measurement(
                "hourglass_reports_repeated_total",
                "Questions about unchanged hits that got an earlier answer.",
                .counter,
                value: Double(answers.hits)
            ),
            Measurement(
                "hourglass_reports_recounted_total",
                "Questions of which only what has changed was counted.",
                .counter,
                value: Double(counts.hits)
            ),
        ] + partRecord.measurements
    }
}
