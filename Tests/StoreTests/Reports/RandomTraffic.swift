import Analytics
import Postgres
import Schema
import Store
import Support

/// Makes a store with random traffic, which came in random order.
///
/// - Parameters:
///   - flavour: The flavour of its database.
///   - seed: The seed of the traffic, and of the numbers that the body gets.
///   - body: The use of the store.
/// - Throws: The error of `body`, or of the database.
func withTraffic(
    _ flavour: Flavour,
    _ seed: UInt64,
    _ body: @Sendable (PostgresStore, VisitTraffic, inout SeededGenerator) async throws -> Void
) async throws {
    try await withDatabase(flavour) { database in
        var traffic = try await VisitTraffic(seed: seed, in: database)
        for site in traffic.sites {
            try await database.run(site.insertion(of: site.aliases.keys) + site.insertionOfUsers)
        }
        let store = PostgresStore(url: database.url)
        defer { store.close() }
        for batch in traffic.batches() { _ = try await store.append(batch) }
        var random = SeededGenerator(seed: seed)
        try await body(store, traffic, &random)
    }
}
