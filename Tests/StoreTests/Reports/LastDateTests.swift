import Analytics
import Support
import Testing

/// The last date with hits, in every `EventStore`.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct LastDateTests {
    private static let site = SiteID(rawValue: 2)

    private static func hit(_ days: Int, _ flags: Hit.Flags = []) -> Hit {
        let time = ExaminedStore.now.advanced(by: .seconds(-86_400 * days))
        var hit = Hit(time: time, site: site, name: "pageview", flags: flags)
        hit.visitor = Visitor(rawValue: 7)
        return hit
    }

    @Test(arguments: ExaminedStore.all)
    func isThatOfPeopleAndEvents(examined: ExaminedStore) async throws {
        try await examined.with { store, database, _ in
            try await database.run("INSERT INTO site VALUES (2, 'two')")
            #expect(try await store.lastDate(of: Self.site, zone: "UTC") == nil)
            let hits = [Self.hit(9), Self.hit(4), Self.hit(2, .bot)]
            _ = try await store.append(Batch(entries: [Batch.Entry(hits: hits)]))
            // 17:30 on the clock of UTC.
            #expect(try await store.lastDate(of: Self.site, zone: "UTC") == "2008-10-05")
            #expect(try await store.lastDate(of: Self.site, zone: "Asia/Tokyo") == "2008-10-06")
            let event = Event.sample(at: ExaminedStore.now.milliseconds - 86_400_000, site: Self.site)
            _ = try await store.append(Batch(entries: [Batch.Entry(events: [event])]))
            #expect(try await store.lastDate(of: Self.site, zone: "UTC") == "2008-10-08")
        }
    }
}
