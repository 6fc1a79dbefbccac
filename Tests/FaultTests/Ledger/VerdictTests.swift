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
                expected.misplaced = 2
                #expect(verdict == expected)
            }
            try await Scenario.run("by hand", judge: judge) { scenario in
                let ledger = scenario.ledger
                for count in [2, 3, 1] { try ledger.acknowledge(ledger.issue(count)) }
                // Lost: 6. Twice, and once of that under another site: 2. Other fields: 3. Another site: 4. Phantom: 7.
                var rows = [1, 2, 2, 3, 4, 5, 7].map { LedgerEvent($0, of: ledger) }
                rows[2].site = LedgerSite.all[3]
                rows[3].time += 1
                rows[4].site = LedgerSite.all[0]
                rows.append(LedgerEvent(user: "nobody", time: ledger.base, kind: 1, site: LedgerSite.all[0]))
                let values = rows.map { "(to_timestamp(\($0.time)), \($0.site.id), \($0.kind), '\($0.user)')" }
                try await Connection.with(scenario.administratorURL) { connection in
                    try await connection.run("SELECT hourglass.make_partitions(ARRAY[to_timestamp(\(ledger.base))])")
                    try await connection.run("INSERT INTO hourglass.event VALUES \(values.joined(separator: ", "))")
                }
            }
        }
    }
}
