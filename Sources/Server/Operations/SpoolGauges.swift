import Analytics
import FoundationEssentials
import HTTP
import Spool

/// What is known of the spool.
enum SpoolGauges {
    static func read(_ forwarder: SpoolingStore) -> [Gauge] {
        let age = forwarder.oldestWritten.map { Timestamp(Date.now).milliseconds - $0.milliseconds } ?? 0
        return [
            Gauge(
                name: "hourglass_spool_bytes",
                help: "Bytes of the spool on the disk, in which events wait while the database is away.",
                value: Double(forwarder.spool.bytes)
            ),
            Gauge(
                name: "hourglass_spool_limit_bytes",
                help: "Bytes that the spool may have.",
                value: Double(forwarder.spool.maximumBytes)
            ),
            Gauge(
                name: "hourglass_spool_age_seconds",
                help: "How long the oldest events in the spool have been waiting.",
                value: Double(max(0, age)) / 1000
            ),
            Gauge(
                name: "hourglass_spool_damage_total",
                help: "Damaged stretches of the spool that were found and skipped.",
                value: Double(forwarder.spool.damage),
                type: "counter"
            ),
            Gauge(
                name: "hourglass_spool_set_aside_events",
                help: "Events that the database cannot store, and that were set aside for those behind them.",
                value: Double(forwarder.eventsSetAside)
            ),
            Gauge(
                name: "hourglass_spool_refused_events_total",
                help: "Events that had been spooled and that the database then refused.",
                value: Double(forwarder.refusedCount),
                type: "counter"
            ),
        ]
    }
}
