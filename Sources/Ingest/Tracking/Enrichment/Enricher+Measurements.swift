import Agents
package import Analytics
import GeoIP

extension Enricher {
    /// The numbers about agents, and those about places where a file is followed.
    package var measurements: [Measurement] { agentMeasurements + placeMeasurements }

    private var agentMeasurements: [Measurement] {
        let counts = agents.counts
        let name = "hourglass_agents_read_total"
        let help = "User agents that were read, from memory or by the rules."
        return [
            Measurement(name, help, .counter, labels: [("from", "memory")], value: Double(counts.hits)),
            Measurement(name, help, .counter, labels: [("from", "rules")], value: Double(counts.misses)),
            Measurement("hourglass_agents_in_memory", "User agents in memory.", value: Double(counts.entries)),
        ]
    }

    private var placeMeasurements: [Measurement] {
        guard let state = places?.state else { return [] }
        let name = "hourglass_geoip_lookups_total"
        let help = "Addresses that were looked up in the GeoIP database, by whether it has them."
        let counters = [
            Measurement(name, help, .counter, labels: [("found", "true")], value: Double(state.found)),
            Measurement(name, help, .counter, labels: [("found", "false")], value: Double(state.missed)),
            Measurement(
                "hourglass_geoip_failures_total",
                "Files that could not be used as a GeoIP database.",
                .counter,
                value: Double(state.failures)
            ),
        ]
        guard let metadata = state.metadata else { return counters }
        let age = Measurement(
            "hourglass_geoip_age_seconds",
            "Time since the GeoIP database was made.",
            labels: [("type", metadata.type)],
            value: Double(metadata.age(at: Timestamp.now.milliseconds / 1_000))
        )
        return counters + [age]
    }
}
