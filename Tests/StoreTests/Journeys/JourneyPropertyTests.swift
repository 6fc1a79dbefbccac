import Analytics
import Postgres
import Schema
import Store
import Support
import Testing

/// Funnels, retention and paths of random traffic, by the store and found by trying everything.
@Suite(.needsPostgres, .timeLimit(.minutes(20)))
struct JourneyPropertyTests {
    private static let queriesPerSite = 25

    private func days(of traffic: VisitTraffic) -> Range<Int> { traffic.firstDay - 1..<traffic.firstDay + 7 }

    @Test(arguments: Flavour.allCases, 0..<4 as Range<UInt64>)
    func funnelsAreWhatIsCountedByHand(flavour: Flavour, seed: UInt64) async throws {
        try await withTraffic(flavour, seed) { store, traffic, random in
            var (complete, dated) = (0, 0)
            for site in traffic.sites {
                for _ in 0..<Self.queriesPerSite {
                    let query = FunnelQuery.random(of: site, days: days(of: traffic), using: &random)
                    let counted = CountedFunnel(query, of: traffic.hits, site)
                    let report = try await store.funnel(query)
                    #expect(report.steps == counted.steps, "\(query)")
                    #expect(report.coverage == counted.coverage, "\(query)")
                    complete += report.steps[query.steps.count - 1].visitors
                    dated += report.coverage.countsDatedVisitors ? 1 : 0
                }
            }
            // The queries find something.
            #expect(complete > 10 && dated > 0, "\(complete) \(dated)")
        }
    }

    @Test(arguments: Flavour.allCases, 0..<4 as Range<UInt64>)
    func retentionIsWhatIsCountedByHand(flavour: Flavour, seed: UInt64) async throws {
        try await withTraffic(flavour, seed) { store, traffic, random in
            var returned = 0
            for site in traffic.sites {
                for _ in 0..<Self.queriesPerSite {
                    let query = RetentionQuery.random(of: site, days: days(of: traffic), using: &random)
                    let report = try await store.retention(query)
                    let labels = report.cohorts.map(\.label)
                    let counted = CountedRetention(query, labels, of: traffic.hits, site)
                    #expect(report.cohorts == counted.cohorts, "\(query)")
                    #expect(report.coverage == counted.coverage, "\(query)")
                    #expect(labels == Set(labels).sorted())
                    returned += report.cohorts.flatMap(\.returned).reduce(0, +)
                }
            }
            #expect(returned > Self.queriesPerSite, "\(returned)")
        }
    }

    @Test(arguments: Flavour.allCases, 0..<4 as Range<UInt64>)
    func pathsAreWhatIsCountedByHand(flavour: Flavour, seed: UInt64) async throws {
        try await withTraffic(flavour, seed) { store, traffic, random in
            var pages = 0
            for site in traffic.sites {
                for _ in 0..<Self.queriesPerSite {
                    let query = PathQuery.random(of: site, days: days(of: traffic), using: &random)
                    let (limit, offset) = (query.selection.limit, query.selection.offset)
                    let counted = CountedPaths(query, of: traffic.hits, site)
                    let report = try await store.paths(query)
                    #expect(report.views == counted.views, "\(query)")
                    #expect(report.coverage == counted.coverage, "\(query)")
                    #expect(report.next.escaped == counted.next.report(limit: limit, offset: offset), "\(query)")
                    #expect(
                        report.previous.escaped == counted.previous.report(limit: limit, offset: offset),
                        "\(query)"
                    )
                    pages += report.next.pages.count + report.previous.pages.count
                }
            }
            #expect(pages > 3 * Self.queriesPerSite, "\(pages)")
        }
    }

    @Test(arguments: Flavour.allCases, 0..<4 as Range<UInt64>)
    func namesOfPropertiesAreThoseOfTheHits(flavour: Flavour, seed: UInt64) async throws {
        try await withTraffic(flavour, seed) { store, traffic, random in
            var found = 0
            for site in traffic.sites {
                for _ in 0..<Self.queriesPerSite {
                    let query = Query.randomProperties(of: site, days: days(of: traffic), using: &random)
                    let counted = CountedProperties(query, of: traffic.hits, site).uses
                    let uses = try await store.properties(query)
                    #expect(uses == Array(counted.dropFirst(query.offset).prefix(query.limit)), "\(query)")
                    found += uses.count
                }
            }
            #expect(found > Self.queriesPerSite, "\(found)")
        }
    }
}

extension PathReport.Side {
    /// The same with texts of which canonically equivalent ones are different.
    fileprivate var escaped: PathReport.Side {
        let pages = pages.map { PathReport.Page(text: $0.text.escaped, count: $0.count) }
        return PathReport.Side(edge: edge, pages: pages, total: total)
    }
}
