import Analytics
import Support

extension Query {
    /// The hits of a random query, half of the time without filters.
    static func randomHits(
        of site: VisitSite,
        days: Range<Int>,
        using random: inout SeededGenerator
    ) -> Query {
        var query = Query(of: site, days: days, using: &random).ofHits
        if Bool.random(using: &random) { query.filters = [] }
        return query
    }
}

extension Goal {
    fileprivate static let steps: [Goal] = {
        let kinds: [(Goal.Kind, [String: String])] = [
            (.event("pageview"), [:]), (.event("Sign up"), [:]), (.event("Sign up"), ["plan": "pro"]),
            (.event("click"), [:]), (.event("impression"), [:]), (.page("/"), [:]), (.page("/*"), [:]),
            (.page("/e*"), [:]), (.page("/\u{e9}"), [:]), (.scroll("/**", depth: 30), [:]), (.page("/b"), [:]),
        ]
        return kinds.map { Goal(id: GoalID(rawValue: 0), $0, properties: $1) }
    }()

    fileprivate static func random(using random: inout SeededGenerator) -> Goal {
        steps[Int.random(in: 0..<steps.count, using: &random)]
    }
}

extension FunnelQuery {
    static func random(of site: VisitSite, days: Range<Int>, using random: inout SeededGenerator) -> FunnelQuery {
        let hits = Query.randomHits(of: site, days: days, using: &random)
        let steps = (0..<Int.random(in: 2...5, using: &random)).map { _ in Goal.random(using: &random) }
        let window = Bool.random(using: &random) ? Window.visit : .days(Int.random(in: 1...3, using: &random))
        return FunnelQuery(hits, steps: steps, within: window)
    }
}

extension RetentionQuery {
    static func random(of site: VisitSite, days: Range<Int>, using random: inout SeededGenerator) -> RetentionQuery {
        let hits = Query.randomHits(of: site, days: days, using: &random)
        let unit = units[Int.random(in: 0..<units.count, using: &random)]
        return RetentionQuery(
            hits,
            by: unit,
            start: Bool.random(using: &random) ? Goal.random(using: &random) : nil,
            comeback: Bool.random(using: &random) ? Goal.random(using: &random) : nil
        )
    }
}

extension PathQuery {
    static func random(of site: VisitSite, days: Range<Int>, using random: inout SeededGenerator) -> PathQuery {
        var hits = Query.randomHits(of: site, days: days, using: &random)
        hits.limit = Int.random(in: 1...4, using: &random)
        hits.offset = Int.random(in: 0...2, using: &random)
        let pages = ["/", "/b", "/*", "/\u{e9}", "*b*", "/e*", ""]
        return PathQuery(hits, page: pages[Int.random(in: 0..<pages.count, using: &random)])
    }
}
