import Analytics
import FoundationEssentials
import Postgres
import Support
import Testing

/// Hits beside events, in every `EventStore`.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct HitTests {
    @Test(arguments: ExaminedStore.all)
    func everyColumnIsStored(examined: ExaminedStore) async throws {
        var generator = SeededGenerator(seed: 11)
        // Within a few weeks, each of which is a table.
        let hits = (0..<300).map { _ in
            var hit = Hit.random(using: &generator)
            let age = Int.random(in: 0...(20 * 86_400_000), using: &generator)
            hit.time = ExaminedStore.now.advanced(by: .milliseconds(-age))
            return hit
        }
        try await examined.with { store, database, held in
            for first in stride(from: 0, to: hits.count, by: 60) {
                let entry = Batch.Entry(events: [.sample(user: "e\(first)")], hits: Array(hits[first..<(first + 60)]))
                _ = try await store.append(Batch(entries: [entry]))
            }
            #expect(try await database.hits() == hits.map(\.line).sorted())
            let events = hits.compactMap(\.event)
            #expect(!events.isEmpty)
            #expect(try await database.count(.events) == held.count + 5 + events.count)
        }
    }

    /// A click with details is in both tables, and counts in the hour once.
    @Test(arguments: ExaminedStore.all)
    func clicksAndImpressionsCountInTheHour(examined: ExaminedStore) async throws {
        let now = ExaminedStore.now
        var generator = SeededGenerator(seed: 12)
        let hits = (0..<200).map { _ in
            var hit = Hit.random(using: &generator)
            hit.time = now.advanced(by: .milliseconds(-.random(in: 0...3_000_000, using: &generator)))
            return hit
        }
        try await examined.with { store, database, held in
            try await database.run("INSERT INTO site VALUES (2, 'two'), (3, 'three')")
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: hits)]))
            for site in 1...3 as ClosedRange<Int32> {
                let own = (held + hits.compactMap(\.event)).filter { $0.site.rawValue == site }
                let report = try await store.hour(of: SiteID(rawValue: site), endingAt: now)
                #expect(report == own.hour(endingAt: now))
            }
        }
    }

    @Test(arguments: ExaminedStore.all)
    func anIDIsStoredOncePerSite(examined: ExaminedStore) async throws {
        try await examined.with { store, database, _ in
            let first = Batch.Entry(hits: [.with(id: "a"), .with(id: "b"), .with(id: "a"), .with(id: nil)])
            let second = Batch.Entry(hits: [.with(id: "b"), .with(id: "c"), .with(id: "a", site: 2), .with(id: nil)])
            for entries in [[first, second], [second, first]] {
                let outcomes = try await store.append(Batch(entries: entries))
                #expect(outcomes == [.stored, .stored])
            }
            // a, b, c, a of the other site; those without an id each time.
            #expect(try await database.hits().count == 4 + 4)
        }
    }

    private static func entry(_ id: String, request: UInt8) throws -> Batch.Entry {
        let key = try IdempotencyKey(parsing: "k")
        let fingerprint = Fingerprint(Array(repeating: request, count: Fingerprint.count))
        return Batch.Entry(hits: [.with(id: id)], request: KeyedRequest(key: key, fingerprint: fingerprint))
    }

    /// The ids of a request whose key belongs to another one are not taken, since its hits are not stored.
    @Test(arguments: ExaminedStore.direct)
    func idsOfAConflictAreNotTaken(examined: ExaminedStore) async throws {
        try await examined.with { store, database, _ in
            let first = try await store.append(Batch(entries: [Self.entry("a", request: 1)]))
            #expect(first == [.stored])
            let second = try await store.append(Batch(entries: [Self.entry("b", request: 2)]))
            #expect(second == [.conflicting])
            #expect(try await store.append(Batch(entries: [Batch.Entry(hits: [.with(id: "b")])])) == [.stored])
            #expect(try await database.hits().count == 2)
        }
    }

    @Test(arguments: ExaminedStore.direct)
    func anIDIsUsedOnceByHoweverMany(examined: ExaminedStore) async throws {
        try await examined.with { store, database, _ in
            try await withThrowingTaskGroup { group in
                for writer in 0..<8 {
                    group.addTask {
                        // Two orders, which would deadlock if the database locked them in the order given.
                        let ids = writer.isMultiple(of: 2) ? Array(0..<50) : (0..<50).reversed()
                        let entry = Batch.Entry(hits: ids.map { .with(id: "i\($0)") })
                        _ = try await store.append(Batch(entries: [entry]))
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.hits().count == 50)
        }
    }

    /// An id is known for two days, whatever table it is in.
    @Test(arguments: ExaminedStore.direct)
    func anIDIsKnownForTwoTurns(examined: ExaminedStore) async throws {
        try await examined.with { store, database, _ in
            for turn in 0..<8 {
                _ = try await store.append(Batch(entries: [Batch.Entry(hits: [.with(id: "a")])]))
                // The first of three turns stores it; it is forgotten by the third.
                #expect(try await database.hits().count == turn / 3 + 1)
                try await database.run(
                    "UPDATE hit_id_slot SET since = now() - INTERVAL '25 hours'; SELECT turn_hit_ids();"
                )
            }
        }
    }

    @Test(arguments: ExaminedStore.direct)
    func aHitThatIsRefusedIsNamed(examined: ExaminedStore) async throws {
        try await examined.with { store, database, _ in
            try await database.run("ALTER TABLE hit ADD CONSTRAINT antidote CHECK (scroll <> 13)")
            var poison = Hit.with(id: nil)
            poison.scroll = 13
            var click = Hit.with(id: "c")
            click.name = "click"
            click.user = .named("a")
            let good = Batch.Entry(events: [.sample()], hits: [click, click, .with(id: "d")])
            let bad = Batch.Entry(events: [.sample()], hits: [.with(id: "e"), poison])
            await #expect(throws: WriteError.refused(row: 4 + 2)) {
                try await store.append(Batch(entries: [good, bad]))
            }
            #expect(try await database.hits().isEmpty)
            #expect(try await store.append(Batch(entries: [good])) == [.stored])
        }
    }

    /// Beyond the limit of a dictionary hits refer to `(other)`, which is counted.
    @Test(arguments: ExaminedStore.direct)
    func aDictionaryHasALimit(examined: ExaminedStore) async throws {
        try await examined.with { store, database, _ in
            try await database.run(
                """
                UPDATE dictionary_limit SET entries = 3 WHERE dictionary = 'path';
                INSERT INTO dictionary_limit (site_id, dictionary, entries) VALUES (2, 'path', 1);
                """
            )
            for round in 0..<2 {
                let hits = (0..<5).flatMap { number in
                    [1, 2].map { site in
                        var hit = Hit.with(id: nil, site: site)
                        hit.path = "/\(number + round)"
                        return hit
                    }
                }
                _ = try await store.append(Batch(entries: [Batch.Entry(hits: hits)]))
            }
            let counts = try await database.lines(
                """
                SELECT hit.site_id || ' ' || count(DISTINCT path.id) || ' ' || bool_or(path.text = '(other)') || ' ' || count(*)
                  FROM hit JOIN path ON path.id = path_id GROUP BY hit.site_id ORDER BY 1
                """
            )
            #expect(counts == ["1 4 true 10", "2 2 true 10"])
            let sizes = try await database.lines(
                "SELECT site_id || ' ' || entries FROM dictionary_size WHERE dictionary = 'path' ORDER BY 1"
            )
            #expect(sizes == ["1 3", "2 1"])
        }
    }

    /// Texts of hits that anybody can send need room in the limit of a minute; texts of servers do not.
    @Test(arguments: ExaminedStore.direct)
    func textsOfStrangersHaveALimitOfAMinute(examined: ExaminedStore) async throws {
        try await examined.with { store, database, _ in
            try await database.run("UPDATE dictionary_limit SET entries_a_minute = 0 WHERE dictionary = 'path'")
            func send(_ flags: [String: Hit.Flags]) async throws {
                let hits = flags.map { path, flags in
                    var hit = Hit.with(id: nil)
                    hit.path = path
                    hit.flags = flags
                    return hit
                }
                _ = try await store.append(Batch(entries: [Batch.Entry(hits: hits)]))
            }
            try await send(["/stranger": .untrusted, "/server": []])
            try await send(["/server": .untrusted])
            let paths = try await database.lines("SELECT path.text FROM hit JOIN path ON path.id = path_id ORDER BY 1")
            #expect(paths == ["(other)", "/server", "/server"])
            try await database.run("UPDATE dictionary_limit SET entries_a_minute = 1 WHERE dictionary = 'path'")
            try await send(["/stranger": .untrusted])
            #expect(try await database.lines("SELECT count(*)::text FROM path WHERE text = '/stranger'") == ["1"])
        }
    }

    /// The limit of a minute is counted over all batches of the minute, and begins anew with the next one.
    @Test(arguments: ExaminedStore.direct)
    func theLimitOfAMinuteIsCounted(examined: ExaminedStore) async throws {
        try await examined.with { _, database, _ in
            let counts = try await database.lines(
                """
                CREATE FUNCTION added(first integer, last integer, limited boolean) RETURNS text LANGUAGE sql AS $$
                    SELECT count(*) FILTER (WHERE NOT is_other)::text
                      FROM (
                        SELECT array_agg(1) AS sites, array_agg(md5(number::text)::uuid) AS digests,
                               json_agg(json_build_array(number::text)) AS texts, array_agg(limited) AS limited
                          FROM generate_series(first, last) AS number
                      ) AS wanted, dictionary_ids('path', sites, digests, texts, wanted.limited)
                $$;
                UPDATE dictionary_limit SET entries_a_minute = 3 WHERE dictionary = 'path';
                -- One transaction, so one minute.
                BEGIN;
                SELECT added(1, 2, true);
                SELECT added(3, 20, false);
                SELECT added(21, 22, true);
                SELECT added(1, 20, true);
                SELECT added(30, 39, true);
                UPDATE dictionary_size SET minute = minute - INTERVAL '1 minute';
                SELECT added(30, 39, true);
                COMMIT;
                SELECT entries || ' of ' || others FROM dictionary_size WHERE dictionary = 'path';
                """
            )
            #expect(counts == ["2", "18", "1", "20", "0", "3", "24 of 18"])
        }
    }

    /// Writers that meet on the same new texts, in different orders.
    @Test(arguments: ExaminedStore.direct)
    func newTextsFromManyAreAddedOnce(examined: ExaminedStore) async throws {
        try await examined.with { store, database, _ in
            try await withThrowingTaskGroup { group in
                for writer in 0..<8 {
                    group.addTask {
                        var generator = SeededGenerator(seed: UInt64(writer))
                        let hits = (0..<60).map { number in
                            var hit = Hit.with(id: nil, site: number % 3 + 1)
                            hit.path = "/\(number)"
                            hit.title = "title \(number)"
                            return hit
                        }
                        let shuffled = hits.shuffled(using: &generator)
                        _ = try await store.append(Batch(entries: [Batch.Entry(hits: shuffled)]))
                    }
                }
                try await group.waitForAll()
            }
            #expect(try await database.hits().count == 8 * 60)
            #expect(try await database.lines("SELECT count(*)::text FROM path") == ["60"])
            #expect(try await database.lines("SELECT sum(entries)::text FROM dictionary_size") == ["123"])
        }
    }
}

extension Hit {
    fileprivate static func with(id: String?, site: Int = 1) -> Hit {
        var hit = Hit(time: Timestamp(seconds: 1_700_000_000), site: SiteID(rawValue: Int32(site)))
        hit.id = id.flatMap { try? HitID(parsing: $0) }
        return hit
    }
}

extension TestDatabase {
    /// The rows of hits with the entries that they refer to, as text, in order.
    func hits() async throws -> [String] {
        try await Connection.with(url) { try await $0.hitLines() }.sorted()
    }

    /// The first column of a query, as text.
    func lines(_ sql: String) async throws -> [String] {
        try await Connection.with(url, setup: "SET search_path = hourglass, public;") { connection in
            try await connection.values(sql).compactMap { $0.first ?? nil }
        }
    }
}
