import Analytics
import Schema
import Store
import Support
import Testing

/// Lists of what sites have been sent, in whole and by pages.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct ListTests {
    @Test(arguments: Flavour.allCases, 0..<3 as Range<UInt64>)
    func haveEveryElementOnceAndInOrder(flavour: Flavour, seed: UInt64) async throws {
        try await withDatabase(flavour) { database in
            var traffic = try await VisitTraffic(seed: seed, in: database)
            for site in traffic.sites { try await database.run(site.insertion(of: site.aliases.keys)) }
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            for batch in traffic.batches() { _ = try await store.append(batch) }
            // Some hits come two or three times.
            let again = traffic.hits.filter { $0.id == nil && $0.time.milliseconds.isMultiple(of: 3) }
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: again + again.prefix(again.count / 2))]))
            let hits = traffic.hits + again + again.prefix(again.count / 2)

            var random = SeededGenerator(seed: seed)
            var count = 0
            for site in traffic.sites {
                for kind in [ListQuery.Kind.events, .visits, .events, .visits] {
                    let period = try Period.random(from: traffic.firstDay - 1, using: &random)
                    var query = ListQuery(kind, of: site.id, in: period)
                    query.includesBots = Bool.random(using: &random)
                    let whole = try await store.elements(query)
                    let expected = Self.expected(query, hits, site)
                    #expect(Self.missing(whole.counts, in: expected.counts) == [], "\(query)")
                    #expect(Self.missing(expected.counts, in: whole.counts) == [], "\(query)")
                    #expect(zip(whole, whole.dropFirst()).allSatisfy { $1.isBehind($0.cursor) })
                    let pages = try await store.elements(query, byPagesOf: Int.random(in: 1...40, using: &random))
                    #expect(pages == whole)
                    count += whole.count
                }
            }
            #expect(count > 200)
        }
    }

    /// The elements that are in one list and not as often in another.
    private static func missing(
        _ elements: [[ListedRow.Value?]: Int],
        in others: [[ListedRow.Value?]: Int]
    ) -> [[ListedRow.Value?]] {
        elements.filter { others[$0.key] != $0.value }.map(\.key)
    }

    private static func expected(_ query: ListQuery, _ hits: [Hit], _ site: VisitSite) -> [[ListedRow.Value?]] {
        var own = hits.filter { $0.site == site.id && (query.includesBots || !$0.flags.contains(.bot)) }
        if query.kind == .events {
            return own.filter { query.period.contains($0.time) }.map(\.listed)
        }
        // With machines they make visits as well.
        for place in own.indices { own[place].flags.remove(.bot) }
        return SiteVisits(of: own, aliases: site.aliases, dates: DateBorders(site.midnights)).listed(in: query.period)
    }

    /// Hits that are equal in everything, of which a page has some.
    @Test(arguments: Flavour.allCases)
    func equalHitsAreCounted(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            let time = Timestamp(milliseconds: 1_223_567_997_123)
            let hits = [Hit](repeating: Hit(time: time), count: 2_500) + [Hit(time: time, name: "other")]
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: hits)]))
            let query = ListQuery(.events, of: Site.standard, in: try .everything())
            for limit in [999, 1_000, 2_500, 2_501] {
                let pages = try await store.elements(query, byPagesOf: limit)
                #expect(pages.count == 2_501)
                #expect(Set(pages.map(\.cursor)).count == 2_501)
            }
        }
    }

    /// What is stored while a list is read, before and behind the place that is reached, disturbs none of the rest.
    @Test(arguments: Flavour.allCases, ListQuery.Kind.allCases)
    func whatIsStoredMeanwhileDoublesNothing(flavour: Flavour, kind: ListQuery.Kind) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            _ = try await store.append(Self.batch((0..<12_000).filter { !$0.isMultiple(of: 3) }))
            let query = ListQuery(kind, of: Site.standard, in: try .everything())
            let before = try await store.elements(query)
            #expect(before.count == 8_000)
            let (rows, chunks) = (Gathered(), Counting())
            try await store.list(query) { chunk in
                rows.add(chunk)
                if chunks.next() == 1 {
                    _ = try await store.append(Self.batch((0..<12_600).filter { $0.isMultiple(of: 3) }))
                }
            }
            let after = try await store.elements(query)
            #expect(after.count == 12_200)
            #expect(zip(rows.all, rows.all.dropFirst()).allSatisfy { $1.isBehind($0.cursor) })
            #expect(Set(rows.all).isSuperset(of: before))
            #expect(Set(rows.all).isStrictSubset(of: after))
        }
    }

    /// Hits of many users, a day apart from 50 to 50.
    private static func batch(_ numbers: some Sequence<Int>) -> Batch {
        let hits = numbers.map { number in
            var hit = Hit(
                time: Timestamp(milliseconds: 1_223_567_997_000 + number / 50 * 86_400_000 + number),
                flags: [.interactive, .namedUser]
            )
            hit.user = .named("user \(number)")
            hit.visitor = Visitor(rawValue: UInt64(number) &* 0x9e37_79b9_7f4a_7c15)
            return hit
        }
        return Batch(entries: [Batch.Entry(hits: hits)])
    }

    /// Users of whom all, or none, were seen in a period.
    @Test(arguments: Flavour.allCases)
    func usersAreListedByTheirFirstTime(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            _ = try await store.append(Self.batch(0..<300))
            _ = try await store.append(Self.batch(0..<1))
            let query = ListQuery(.users, of: Site.standard, in: try .everything())
            let whole = try await store.elements(query)
            #expect(whole.map { $0.values[0] } == (0..<300).map { .text("user \($0)") })
            #expect(whole[0].values[1] == .text("2008-10-09T15:59:57.000Z"))
            #expect(try await store.elements(query, byPagesOf: 7) == whole)
            let day = Period(
                from: Timestamp(milliseconds: 1_223_567_997_000 + 86_400_000),
                to: Timestamp(milliseconds: 1_223_567_997_000 + 2 * 86_400_000)
            )
            let some = try await store.elements(ListQuery(.users, of: Site.standard, in: try #require(day)))
            #expect(some.count == 50)
        }
    }
}

extension Period {
    /// All times that are in the tests.
    static func everything() throws -> Period {
        try #require(
            Period(from: Timestamp(milliseconds: 1_000_000_000_000), to: Timestamp(milliseconds: 2_000_000_000_000))
        )
    }

    static func random(from day: Int, using random: inout SeededGenerator) throws -> Period {
        let start = day * 86_400_000 + Int.random(in: 0..<4 * 86_400_000, using: &random)
        let length = Int.random(in: 1..<4 * 86_400_000, using: &random)
        return try #require(
            Period(from: Timestamp(milliseconds: start), to: Timestamp(milliseconds: start + length))
        )
    }
}

extension [ListedRow] {
    /// The number of times that each element is there; the form of properties does not count.
    fileprivate var counts: [[ListedRow.Value?]: Int] {
        map { row in
            guard case .json? = row.values.last ?? nil, row.values.count > 20 else { return row.values }
            return row.values.dropLast() + [.text("props")]
        }.counts
    }
}

extension [[ListedRow.Value?]] {
    fileprivate var counts: [[ListedRow.Value?]: Int] { Dictionary(map { ($0, 1) }, uniquingKeysWith: +) }
}
