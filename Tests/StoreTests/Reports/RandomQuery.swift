import Analytics
import Support

extension Query {
    /// A random query about a site, whose metrics go with its dimensions.
    init(of site: VisitSite, days: Range<Int>, using random: inout SeededGenerator) {
        let day = Int.random(in: days, using: &random)
        let length = Int.random(in: 1...(days.upperBound - day), using: &random)
        // Some periods begin and end within a day.
        let shift = Bool.random(using: &random) ? 0 : Int.random(in: 0..<86_400_000, using: &random)
        let start = Timestamp(milliseconds: day * 86_400_000 + shift)
        let end = start.advanced(by: .seconds(length * 86_400))
        let zone = Bool.random(using: &random) ? site.zone : "Asia/Kathmandu"
        let dimensions = Self.dimensions(using: &random)
        let isOfHits = dimensions.contains { $0.isOfHits && $0 != .hit(.page) }
        let isOfPages = dimensions.contains { $0.isOfVisits }
        let metrics = Metric.allCases.filter { metric in
            switch metric.side {
            case .either: true
            case .hits: !isOfPages
            case .visits: !isOfHits
            }
        }.shuffled(using: &random).prefix(Int.random(in: 1...6, using: &random))
        self.init(
            site: site.id,
            period: Period(from: start, to: max(start, end)) ?? Period(start),
            zone: zone,
            metrics: Array(metrics),
            dimensions: dimensions
        )
        filters = (0..<Int.random(in: 0...2, using: &random)).map { _ in .random(depth: 0, using: &random) }
        goals = Self.someGoals
        if Int.random(in: 0..<3, using: &random) == 0 { filters.append(.test(.ofGoals(using: &random))) }
        if Int.random(in: 0..<10, using: &random) == 0 { filters.append(.done(.test(.ofGoals(using: &random)))) }
        if Int.random(in: 0..<3, using: &random) == 0 { pageRules = ["/Z*", "/e*", "/\u{e9}*"] }
        includesBots = Int.random(in: 0..<4, using: &random) == 0
        // Users are those of events, which have nothing but their time.
        if basis != .event { self.metrics.removeAll { $0 == .users } }
        if self.metrics.isEmpty { self.metrics = [.visitors] }
    }

    private static let someGoals: [Goal] = [
        Goal(id: GoalID(rawValue: 1), .event("Sign up")),
        Goal(
            id: GoalID(rawValue: 2),
            .event("Sign up"),
            display: "Pro",
            properties: ["plan": "pro", "seats": "3"],
            currency: "EUR"
        ),
        Goal(id: GoalID(rawValue: 3), .event("Sign up"), display: "Dollars", currency: "USD"),
        Goal(id: GoalID(rawValue: 4), .page("/b")), Goal(id: GoalID(rawValue: 5), .page("/*"), currency: "EUR"),
        Goal(id: GoalID(rawValue: 6), .scroll("/**", depth: 50)), Goal(id: GoalID(rawValue: 7), .event("engagement")),
    ]

    private static func dimensions(using random: inout SeededGenerator) -> [Dimension] {
        let all: [Dimension] =
            HitAttribute.allCases.map(Dimension.hit) + VisitAttribute.allCases.map(Dimension.visit)
            + [.property("plan"), .property("seats"), .goal, .goal, .goal]
        let times = TimeUnit.allCases.filter { $0 != .minute }.map(Dimension.time)
        var dimensions: [Dimension] = []
        for dimension in all.shuffled(using: &random).prefix(Int.random(in: 0...2, using: &random))
        where !dimensions.contains(dimension) { dimensions.append(dimension) }
        if Bool.random(using: &random) { dimensions += times.shuffled(using: &random).prefix(1) }
        return dimensions.shuffled(using: &random)
    }
}

extension Period {
    fileprivate init(_ moment: Timestamp) {
        // A period without length always exists.
        self = Period(from: moment, to: moment) ?? Period(Timestamp(milliseconds: 0))
    }
}

extension Filter {
    /// A random condition of at most three levels.
    static func random(depth: Int, using random: inout SeededGenerator) -> Filter {
        func inner(_ random: inout SeededGenerator) -> Filter { .random(depth: depth + 1, using: &random) }
        switch depth < 2 ? Int.random(in: 0..<10, using: &random) : 0 {
        case 7: return .all([inner(&random), inner(&random)])
        case 8: return .any([inner(&random), inner(&random)])
        case 9: return .not(inner(&random))
        case 6: return .done(.test(.random(ofHits: true, using: &random)))
        default: return .test(.random(ofHits: false, using: &random))
        }
    }
}

extension Filter.Test {
    private static let dimensions: [(Dimension, [String])] = [
        (.hit(.page), ["/", "/b", "/é", "B", "(not set)"]), (.hit(.name), ["pageview", "Sign up", "click"]),
        (.hit(.hostname), ["a.example", "(none)"]), (.property("plan"), ["pro", "basic", "(none)"]),
        (.property("seats"), ["3"]),
        (.visit(.country), ["DE", "(not set)"]), (.visit(.utmMedium), ["mail", "(not set)"]),
        (.visit(.source), ["Google", "Direct / None"]), (.visit(.entryPage), ["/", "/Z"]),
        (.visit(.exitPage), ["/b", "(not set)"]), (.visit(.language), ["de"]),
    ]

    /// A test by goals that at least one has the name for.
    static func ofGoals(using random: inout SeededGenerator) -> Filter.Test {
        let names = ["Sign up", "Pro", "Dollars", "Visit /b", "Scroll 50% of /**", "engagement"]
        let parts = ["Visit", "o", "Scroll"]
        let isExact = Bool.random(using: &random)
        let values = (isExact ? names : parts).shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random))
        return Filter.Test(isExact ? .equals : .contains, .goal, Array(values))
    }

    static func random(ofHits: Bool, using random: inout SeededGenerator) -> Filter.Test {
        let choices = dimensions.filter { !ofHits || $0.0.isOfHits }
        let (dimension, values) = choices[Int.random(in: 0..<choices.count, using: &random)]
        let comparison = Operator.allCases[Int.random(in: 0..<3, using: &random)]
        let wanted = values.shuffled(using: &random).prefix(Int.random(in: 1...2, using: &random))
        return Filter.Test(
            comparison,
            dimension,
            comparison == .matches ? wanted.map { "^" + $0.filter { $0 != "(" && $0 != ")" } } : Array(wanted),
            isNegated: Bool.random(using: &random),
            ignoresCase: comparison != .matches && Bool.random(using: &random)
        )
    }
}
