import Analytics
import Ingest
import Postgres
import Schema
import Store
import Support
import Testing

/// Hits as they are received, in the database.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct ReceivedHitTests {
    /// A single row that PostgreSQL does not take would fail the whole batch.
    @Test(arguments: Flavour.allCases)
    func everyAcceptedHitCanBeStored(flavour: Flavour) async throws {
        var random = SeededGenerator(seed: 21)
        let site = Site(id: Site.standard, uuid: .random(), name: try SiteName(parsing: "default".utf8Span.span))
        let inputs = (0..<1_500).compactMap { _ in try? HitInput(json: RandomHit(using: &random).json.utf8Span.span) }
        let hits = inputs.map { Hit($0, site: site, time: ExaminedStore.now, isServer: true) }
        #expect(hits.count > 300)
        #expect(hits.count { $0.props != nil } > 300)
        try await withStore(flavour) { [hits] store, database in
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: hits)]))
            let ids = hits.compactMap(\.id)
            #expect(try await database.hits().count == hits.count - ids.count + Set(ids).count)
        }
    }

    /// The greatest and smallest numbers, and texts that `jsonb` would refuse as they were sent.
    @Test(arguments: Flavour.allCases)
    func everyKeptPropertyCanBeStored(flavour: Flavour) async throws {
        let members = [
            "1e400", "-1.5E-400", "0e+0", "-0", String(repeating: "9", count: 400),
            "0." + String(repeating: "0", count: 397) + "1", #""\u0001\uffff\u0000""#, #"{"a":"\u0000\ud800"}"#,
            "[1e999999]",
            "1e999999", "null",
        ].enumerated().map { #""p\#($0)":\#($1)"# }
        let input = try HitInput(json: #"{"props":{\#(members.joined(separator: ","))}}"#.utf8Span.span)
        let site = Site(id: Site.standard, uuid: .random(), name: try SiteName(parsing: "default".utf8Span.span))
        let hit = Hit(input, site: site, time: ExaminedStore.now, isServer: false)
        try await withStore(flavour) { store, database in
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: [hit])]))
            let stored = try await Connection.with(database.url) { connection in
                try await connection.values("SELECT props FROM hourglass.hit, jsonb_object_keys(props)").count
            }
            // All but the text with a NUL and the number that is out of range.
            #expect(stored == members.count - 2)
        }
    }
}
