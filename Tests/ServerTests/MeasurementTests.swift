import Analytics
import HTTP
import Testing

@testable import Server

struct MeasurementTests {
    /// Prometheus refuses a name whose lines do not follow each other.
    @Test func measurementsOfOneNameAreOneFamily() {
        let measurements = [
            Measurement("a_total", "As.", .counter, labels: [("task", "x")], value: 1),
            Measurement("b", "Bs.", value: 2.5),
            Measurement("a_total", "As.", .counter, labels: [("task", "y")], value: 3),
        ]
        #expect(
            measurements.families.map(\.exposition) == [
                """
                # HELP a_total As.
                # TYPE a_total counter
                a_total{task="x"} 1.0
                a_total{task="y"} 3.0

                """,
                "# HELP b Bs.\n# TYPE b gauge\nb 2.5\n",
            ]
        )
    }
}
