import Analytics
import FoundationEssentials
import Postgres
import Support
import Testing

/// The identities of users, in every `EventStore`.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct IdentityTests {
    private static func identity(
        _ user: String,
        device: UInt64? = nil,
        traits: String? = nil,
        at second: Int = 0,
        site: Int32 = 1
    ) -> Identity {
        Identity(
            time: ExaminedStore.now.advanced(by: .seconds(second)),
            site: SiteID(rawValue: site),
            visitor: Visitor(rawValue: UInt64(user.utf8.first ?? 0) << 56),
            user: .named(user),
            device: device.map(Visitor.init(rawValue:)),
            traits: traits
        )
    }

    /// The persons, as user, traits, and the seconds between `now` and their first and last appearance.
    private static let persons = """
        SELECT concat_ws(' ', site_id, user_id, traits, extract(epoch FROM first_seen - $now)::integer,
                         extract(epoch FROM last_seen - $now)::integer)
          FROM hourglass.person ORDER BY site_id, user_id
        """

    private func lines(_ sql: String, _ database: TestDatabase) async throws -> [String] {
        let now = "to_timestamp(\(ExaminedStore.now.milliseconds / 1000))"
        return try await Connection.with(database.url) { connection in
            try await connection.values(sql.replacing("$now", with: now)).compactMap { $0.first ?? nil }
        }
    }

    @Test(arguments: ExaminedStore.all)
    func personsAndAliasesAreKept(examined: ExaminedStore) async throws {
        try await examined.with { store, database, _ in
            var hit = Hit(time: ExaminedStore.now.advanced(by: .seconds(-30)), flags: [.interactive, .namedUser])
            hit.user = .named("ann")
            hit.visitor = Self.identity("ann").visitor
            hit.device = Visitor(rawValue: .max)
            _ = try await store.append(
                Batch(entries: [
                    Batch.Entry(
                        hits: [hit],
                        identities: [
                            Self.identity("ann", traits: #"{"plan":"free","seats":2}"#, at: 5),
                            Self.identity("ann", traits: #"{"plan":"paid"}"#, at: 3),
                            Self.identity("bob", device: .max), Self.identity("bob", device: 7, at: -2, site: 2),
                        ]
                    )
                ])
            )
            // Those of a device that has a user change nothing.
            _ = try await store.append(
                Batch(entries: [Batch.Entry(identities: [Self.identity("eve", device: 7, at: 9, site: 2)])])
            )
            #expect(
                try await lines(Self.persons, database) == [
                    #"1 ann {"plan": "paid", "seats": 2} -30 5"#, "1 bob {} 0 0", "2 bob {} -2 -2", "2 eve {} 9 9",
                ]
            )
            let aliases = """
                SELECT concat_ws(' ', alias.site_id, alias.visitor, user_id)
                  FROM hourglass.alias JOIN hourglass.person
                    ON person.site_id = alias.site_id AND person.visitor = user_visitor
                 ORDER BY alias.site_id
                """
            #expect(try await lines(aliases, database) == ["1 -1 ann", "2 7 bob"])
        }
    }

    /// An identity that the database refuses is named, and the rest of its batch is stored.
    @Test(arguments: ExaminedStore.direct)
    func aRefusedIdentityIsNamed(examined: ExaminedStore) async throws {
        try await examined.with { store, database, _ in
            let entry = Batch.Entry(
                events: [.sample(user: "e")],
                identities: [Self.identity("ann"), Self.identity("bob", traits: #"{"a":"\u0000"}"#)]
            )
            await #expect(throws: WriteError.refused(row: 2)) { try await store.append(Batch(entries: [entry])) }
            let persons = try await lines(Self.persons, database)
            #expect(persons == [])
        }
    }

    /// Writers with the same users and devices in other orders do not deadlock.
    @Test(arguments: ExaminedStore.direct)
    func writersDoNotDeadlock(examined: ExaminedStore) async throws {
        try await examined.with { store, database, _ in
            try await withThrowingTaskGroup { group in
                for writer in 0..<8 {
                    group.addTask {
                        var generator = SeededGenerator(seed: UInt64(writer))
                        for _ in 0..<10 {
                            let identities = (0..<26).shuffled(using: &generator).map { number in
                                Self.identity(
                                    String(UnicodeScalar(UInt8(97 + number))),
                                    device: .random(in: 0..<10, using: &generator),
                                    at: writer
                                )
                            }
                            _ = try await store.append(Batch(entries: [Batch.Entry(identities: identities)]))
                        }
                    }
                }
                try await group.waitForAll()
            }
            let deadlocks = "SELECT deadlocks::text FROM pg_stat_database WHERE datname = current_database()"
            #expect(try await lines(deadlocks, database) == ["0"])
            #expect(try await lines(Self.persons, database).count == 26)
        }
    }
}
