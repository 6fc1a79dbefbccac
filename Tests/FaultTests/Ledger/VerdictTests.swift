import Postgres
import Support
import Testing

extension Faults {
    /// Tests that a verdict detects every kind of difference.
    @Suite struct VerdictTests {
        @Test func everyKindOfFaultIsFound() async throws {
            let judge = { (verdict: Verdict) in
                var expected = Verdict()
                expected.lost = 1
                expected.doubled = 1
                expected.phantom = 2
                expected.altered = 1
                #expect(verdict == expected)
            }
            try await Scenario.run("by hand", judge: judge) { scenario in
                let ledger = scenario.ledger
                let numbers = ledger.issue(4)
                try ledger.acknowledge(numbers)
                var rows = [1, 2, 2, 3, 5].map { LedgerEvent($0, of: ledger) }
                rows[3] = LedgerEvent(user: rows[3].user, time: rows[3].time + 1, kind: rows[3].kind)
                rows.append(LedgerEvent(user: "nobody", time: ledger.base, kind: 1))
                let values = rows.map { "(to_timestamp(\($0.time)), 1, \($0.kind), '\($0.user)')" }
                try await Connection.with(scenario.administratorURL) { connection in
                    try await connection.run("SELECT hourglass.make_partitions(ARRAY[to_timestamp(\(ledger.base))])")
                    try await connection.run("INSERT INTO hourglass.event VALUES \(values.joined(separator: ", "))")
                }
            }
        }
    }
}
