import Analytics
import Schema
import Store
import Support
import Testing

/// Lists of the visits that have certain hits, in both orders.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct SelectedVisitListTests {
    private static let filters: [[Filter]] = [
        [], [.test(Filter.Test(.equals, .hit(.name), ["pageview"]))],
        [.test(Filter.Test(.equals, .visit(.country), ["DE"], isNegated: true))],
    ]

    @Test(arguments: Flavour.allCases)
    func areTheSameBackwardsAndByPages(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            var traffic = try await VisitTraffic(seed: 5, in: database)
            for site in traffic.sites { try await database.run(site.insertion(of: site.aliases.keys)) }
            let store = PostgresStore(url: database.url)
            defer { store.close() }
            for batch in traffic.batches() { _ = try await store.append(batch) }
            var random = SeededGenerator(seed: 5)
            var count = 0
            for site in traffic.sites {
                for filters in Self.filters {
                    let period = try Period.random(from: traffic.firstDay - 1, using: &random)
                    var query = ListQuery(.visits, of: site.id, in: period)
                    let all = try await store.elements(query)
                    var selection = Query(site: site.id, period: period, zone: site.zone, metrics: [.visitors])
                    selection.filters = filters
                    query.selection = selection
                    let oldest = try await store.elements(query)
                    #expect(Set(oldest).isSubset(of: all), "\(query)")
                    #expect(zip(oldest, oldest.dropFirst()).allSatisfy { $1.isBehind($0.cursor) })
                    query.isDescending = true
                    let newest = try await store.elements(query)
                    #expect(newest == oldest.reversed(), "\(query)")
                    let pages = try await store.elements(query, byPagesOf: Int.random(in: 1...20, using: &random))
                    #expect(pages == newest, "\(query)")
                    let found = try await store.visits(VisitQuery(selection))
                    #expect(found.visits.map(\.start.textInMilliseconds) == newest.prefix(50).map(Self.start))
                    count += oldest.count
                }
            }
            #expect(count > 50)
        }
    }

    private static func start(_ row: ListedRow) -> String {
        if case .text(let text)?? = row.values.first { text } else { "" }
    }
}
