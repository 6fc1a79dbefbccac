import Analytics
import Postgres
import Schema
import Store
import Support
import Testing

@Suite(.needsPostgres, .timeLimit(.minutes(2)))
struct LockTests {
    /// Anybody who may connect can take advisory locks: neither writers nor maintenance wait for one.
    @Test(arguments: Flavour.allCases)
    func nobodyWaitsForAnAdvisoryLock(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            try await Connection.with(database.url) { other in
                try await other.run(
                    """
                    SELECT pg_advisory_lock(key) FROM unnest(ARRAY[
                        5215575679192756, 5215575679192757, 7310293719480302, hashtext('hourglass.make_partitions')
                    ]) AS key
                    """
                )
                _ = try await store.append(Batch(entries: [Batch.Entry(events: [.sample()])]))
                #expect(try await Maintenance.refreshing(database).round() >= 1)
            }
            store.close()
        }
    }

    /// One server maintains at a time, as long as its session lasts.
    @Test(arguments: Flavour.allCases)
    func aSessionThatMaintainsKeepsOthersAway(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            _ = try await store.append(Batch(entries: [Batch.Entry(events: [.sample()])]))
            let maintenance = Maintenance.refreshing(database)
            try await Connection.with(database.url, setup: "SET search_path = hourglass;") { other in
                try await other.run("SELECT take_maintenance(gen_random_uuid())")
                #expect(try await maintenance.round() == 0)
            }
            // The server ends a session shortly after the client closes it.
            try await eventually { try await maintenance.round() >= 1 }
            store.close()
        }
    }

    /// A server that was paused for too long does not keep the others away.
    @Test(arguments: Flavour.allCases)
    func theTimeOfAMaintainingServerEnds(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            _ = try await store.append(Batch(entries: [Batch.Entry(events: [.sample()])]))
            try await Connection.with(database.url, setup: "SET search_path = hourglass;") { other in
                try await other.run("SELECT take_maintenance(gen_random_uuid())")
                try await other.run("UPDATE maintenance_lease SET until = now() - INTERVAL '1 second'")
                #expect(try await Maintenance.refreshing(database).round() >= 1)
            }
            store.close()
        }
    }
}
