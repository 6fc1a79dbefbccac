package import Analytics
import FoundationEssentials

extension SpoolingStore {
    package var measurements: [Measurement] {
        store.measurements + spoolMeasurements + delivery.measurements
    }

    private var spoolMeasurements: [Measurement] {
        let age = oldestWritten.map { Timestamp.now.milliseconds - $0.milliseconds } ?? 0
        return [
            Measurement(
                "hourglass_spool_bytes",
                "Bytes of the spool on the disk, in which events wait while the database is away.",
                value: Double(spool.bytes)
            ),
            Measurement(
                "hourglass_spool_limit_bytes",
                "Bytes that the spool may have.",
                value: Double(spool.maximumBytes)
            ),
            Measurement(
                "hourglass_spool_age_seconds",
                "How long the oldest events in the spool have been waiting.",
                value: Double(max(0, age)) / 1000
            ),
            Measurement(
                "hourglass_spool_damage_total",
                "Damaged stretches of the spool that were found and skipped.",
                .counter,
                value: Double(spool.damage)
            ),
            Measurement(
                "hourglass_spool_set_aside_events",
                "Events that the database cannot store, and that were set aside for those behind them.",
                value: Double(eventsSetAside)
            ),
            Measurement(
                "hourglass_spool_refused_events_total",
                "Events that had been spooled and that the database then refused.",
                .counter,
                value: Double(refusedCount)
            ),
        ]
    }
}
