import Analytics
import Schema
import Store
import Support
import Testing

/// Single visits of random traffic, by the store and found by trying everything.
@Suite(.needsPostgres, .timeLimit(.minutes(20)))
struct FoundVisitTests {
    private static let queriesPerSite = 15

    @Test(arguments: Flavour.allCases, 0..<4 as Range<UInt64>)
    func areThoseThatReportsCount(flavour: Flavour, seed: UInt64) async throws {
        try await withTraffic(flavour, seed) { store, traffic, random in
            var (all, filtered) = (0, 0)
            for site in traffic.sites {
                let days = traffic.firstDay - 1..<traffic.firstDay + 7
                for _ in 0..<Self.queriesPerSite {
                    let query = Query.randomHits(of: site, days: days, using: &random)
                    let expected = FoundVisitLine.counted(query, of: traffic.hits, site)
                    let limit = Int.random(in: 2...20, using: &random)
                    let visits = try await Self.visits(query, limit, store)
                    #expect(visits.map { FoundVisitLine($0).text } == expected.map(\.text), "\(query)")
                    try await Self.goBack(through: visits, query, limit, store)
                    // The number of reports.
                    var report = query
                    report.metrics = [.visits]
                    #expect(try await store.report(report).rows.first?.values == [.count(visits.count)], "\(query)")
                    all += visits.count
                    if !query.filters.isEmpty { filtered += visits.count }
                }
            }
            #expect(all > 100 && filtered > 10, "\(all) \(filtered)")
        }
    }

    /// All visits, page by page from the newest on.
    private static func visits(_ query: Query, _ limit: Int, _ store: PostgresStore) async throws -> [VisitSummary] {
        var found = try await store.visits(VisitQuery(query, limit: limit))
        var visits = found.visits
        while found.hasMore, let last = visits.last {
            found = try await store.visits(VisitQuery(query, .before(last.key), limit: limit))
            visits += found.visits
        }
        return visits
    }

    /// Compares the pages from the oldest visit on.
    private static func goBack(
        through visits: [VisitSummary],
        _ query: Query,
        _ limit: Int,
        _ store: PostgresStore
    ) async throws {
        guard let oldest = visits.last else { return }
        var (place, rest) = (oldest.key, visits.dropLast())
        while let newest = rest.first {
            let found = try await store.visits(VisitQuery(query, .after(place), limit: limit))
            #expect(found == FoundVisits(Array(rest.suffix(limit)), hasMore: rest.count > limit), "\(query)")
            rest = rest.dropLast(limit)
            place = found.visits.first?.key ?? newest.key
        }
    }

    @Test(arguments: Flavour.allCases, 0..<2 as Range<UInt64>)
    func haveTheirHits(flavour: Flavour, seed: UInt64) async throws {
        try await withTraffic(flavour, seed) { store, traffic, _ in
            for site in traffic.sites {
                let hits = traffic.hits.filter { $0.site == site.id }
                let visits = SiteVisits(of: hits, aliases: site.aliases, dates: DateBorders(site.midnights))
                for visit in visits.visits {
                    let key = VisitKey(start: visit.start, visitor: visit.visitor)
                    let own = visits.hits[visit.hits]
                    let steps = try await Self.steps(of: key, site.id, store)
                    #expect(steps.map(Self.line).sorted() == own.map(Self.line).sorted(), "\(key.text)")
                    let times = steps.map(\.time.milliseconds)
                    #expect(steps.map(\.wait) == zip(times, times.dropFirst()).map { $1 - $0 } + [nil])
                    let half = try await store.visit(key, of: site.id, after: own.count / 2)
                    let rest = steps.dropFirst(own.count / 2).prefix(VisitCourse.mostSteps)
                    #expect(half?.steps == Array(rest) && half?.offset == own.count / 2 && half?.total == own.count)
                    let behind = try await store.visit(key, of: site.id, after: own.count + 7)
                    #expect(behind?.steps == [] && behind?.offset == own.count)
                    let next = VisitKey(start: visit.start.advanced(by: .milliseconds(1)), visitor: visit.visitor)
                    #expect(try await store.visit(next, of: site.id, after: 0) == nil)
                }
            }
        }
    }

    /// All hits of a visit, some at a time.
    private static func steps(of key: VisitKey, _ site: SiteID, _ store: PostgresStore) async throws
        -> [VisitCourse.Step]
    {
        var steps: [VisitCourse.Step] = []
        while true {
            let course = try #require(try await store.visit(key, of: site, after: steps.count), "\(key.text)")
            #expect(course.offset == steps.count && course.summary.key == key)
            steps += course.steps
            if course.steps.isEmpty || steps.count >= course.total { return steps }
        }
    }

    private static func line(_ step: VisitCourse.Step) -> String {
        let texts = [step.name, step.page.host, step.page.path, step.title, step.currency, step.props]
        return line(step.time, texts, [step.value?.millionths, step.scroll, step.engaged])
    }

    private static func line(_ hit: Hit) -> String {
        let texts = [hit.name, hit.host, hit.path, hit.title, hit.currency, hit.props]
        return line(hit.time, texts, [hit.value?.millionths, hit.scroll.map { Int($0) }, hit.engaged.map { Int($0) }])
    }

    private static func line(_ time: Timestamp, _ texts: [String?], _ numbers: [Int?]) -> String {
        let all = texts.map { $0 ?? "NULL" } + numbers.map { $0.map { "\($0)" } ?? "NULL" }
        return "\(time.milliseconds)|\(all.joined(separator: "|").escaped)"
    }
}
