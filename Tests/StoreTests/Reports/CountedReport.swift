import Analytics
import Foundation

/// The answer to a query, counted hit by hit with sets of texts and visitors.
struct CountedReport {
    private let query: Query
    private let all: [Found]
    private var groups: [[String]: Group] = [:]
    private var visitors: Set<Visitor> = []
    private let audience: Audience?
    private let users: [Visitor: String]

    /// The visitors of whom conversions are a share, and those in each group.
    private struct Audience {
        let visitors: Set<Visitor>
        let groups: [[String]: Group]
    }

    /// A hit with its visit.
    struct Found {
        let hit: Hit
        let visitor: Visitor?
        /// The number of the visit, and its hits.
        let visit: (number: Int, visit: Visit, hits: ArraySlice<Hit>)?
    }

    private struct Group {
        var isPresent = false
        var visitors: Set<Visitor> = []
        var visits: Set<Int> = []
        var names: [String] = []
        var whole: [(visit: Visit, isEntered: Bool)] = []
        var depths: [Int: Int16] = [:]
        var engaged: [Int: Int32] = [:]
        var values: [(currency: String, amount: Int)] = []
        var revenue: [Int] = []
        /// The events, where they are what counts.
        var events: [Event] = []
    }

    /// - Parameters:
    ///   - query: The query.
    ///   - hits: All hits of the site.
    ///   - site: The site.
    init(_ query: Query, of hits: [Hit], _ site: VisitSite) {
        self.query = query
        users = site.users
        var people = hits.filter { $0.site == site.id && (query.includesBots || !$0.flags.contains(.bot)) }
        for place in people.indices { people[place].flags.remove(.bot) }
        if Set(query.metrics).isDisjoint(with: [.conversionRate, .groupConversionRate]) {
            audience = nil
        } else {
            var other = query
            other.metrics = [.visitors]
            other.dimensions.removeAll(where: \.isOfConversion)
            other.filters.removeAll { if case .test(let test) = $0 { test.dimension.isOfConversion } else { false } }
            let counted = CountedReport(other, of: hits, site)
            audience = Audience(visitors: counted.visitors, groups: counted.groups)
        }
        let visits = SiteVisits(of: people, aliases: site.aliases, dates: DateBorders(site.midnights))
        var all = people.filter { $0.visitor == nil }.map { Found(hit: $0, visitor: nil, visit: nil) }
        for (number, visit) in visits.visits.enumerated() {
            for hit in visits.hits[visit.hits] {
                all.append(Found(hit: hit, visitor: visit.visitor, visit: (number, visit, visits.hits[visit.hits])))
            }
            for (place, hit) in zip(visit.hits, visits.hits[visit.hits]) where place == visit.entry {
                entries[number] = hit
            }
            for (place, hit) in zip(visit.hits, visits.hits[visit.hits]) where place == visit.exit {
                exits[number] = hit
            }
        }
        self.all = all
        let others = query.metrics.filter { ![.users, .clicks, .impressions].contains($0) }
        if query.basis != .event || !others.isEmpty { count() }
        if query.basis == .event { count(hits.filter { $0.site == site.id }.compactMap(\.event)) }
    }

    /// The hits of the period that pass the filters; those without a visit are there if they have no visitor.
    var wanted: [Found] { all.filter(isWanted) }

    private mutating func count(_ events: [Event]) {
        for event in events where query.period.contains(event.time) {
            let texts = query.labels(of: event.time)
            groups[texts, default: Group()].isPresent = true
            groups[texts]?.events.append(event)
        }
    }

    private var entries: [Int: Hit] = [:]
    private var exits: [Int: Hit] = [:]

    /// The rows, in no order, their texts escaped.
    var rows: Set<Report.Row> {
        var groups = groups.filter(\.value.isPresent)
        if query.dimensions.isEmpty { groups[[]] = groups[[]] ?? Group() }
        return Set(
            groups.map { texts, group in
                Report.Row(dimensions: texts, values: query.metrics.map { value(of: $0, group, texts) })
            }
        )
    }

    private mutating func count() {
        let countsEngagement = !Set(query.metrics).isDisjoint(with: [.scrollDepth, .timeOnPage])
        var wholes: [Int: Found] = [:]
        for found in all where isWanted(found) {
            let isEngagement = found.hit.name == "engagement"
            if isEngagement, found.visit == nil { continue }
            if isEngagement, countsEngagement {
                for texts in texts(of: found, at: found.hit.time) { engage(found, texts) }
            }
            let counts = !isEngagement || asksForScrolling
            guard counts || query.dimensions.contains(.goal) else { continue }
            for texts in texts(of: found, at: found.hit.time) { count(found, texts) }
            guard let visitor = found.visitor, let visit = found.visit else { continue }
            if counts { visitors.insert(visitor) }
            guard query.period.contains(visit.visit.start) else { continue }
            for texts in texts(of: found, at: visit.visit.start) {
                groups[texts, default: Group()].isPresent = true
                groups[texts]?.visits.insert(visit.number)
            }
            if counts { wholes[visit.number] = found }
        }
        guard query.metrics.contains(where: { $0.side == .visits }) else { return }
        for (number, found) in wholes {
            guard let (_, visit, hits) = found.visit, let first = hits.first else { continue }
            let place = Found(hit: first, visitor: found.visitor, visit: found.visit)
            guard let texts = texts(of: place, at: visit.start, asVisit: true).first else { continue }
            if !query.dimensions.contains(where: \.isOfHits) { groups[texts, default: Group()].isPresent = true }
            let isEntered = query.filters.allSatisfy { filter in
                guard case .test(let test) = filter, test.dimension == .hit(.page) else { return true }
                return compares(test, page(of: entries[number]))
            }
            groups[texts, default: Group()].whole.append((visit, isEntered))
        }
    }

    private mutating func engage(_ found: Found, _ texts: [String]) {
        guard let visit = found.visit else { return }
        groups[texts, default: Group()].isPresent = true
        if let depth = found.hit.scroll {
            let before = groups[texts]?.depths[visit.number] ?? 0
            groups[texts]?.depths[visit.number] = max(before, depth)
        }
        if let engaged = found.hit.engaged { groups[texts]?.engaged[visit.number, default: 0] += engaged }
    }

    private mutating func count(_ found: Found, _ texts: [String]) {
        groups[texts, default: Group()].isPresent = true
        if found.hit.name != "engagement" { groups[texts]?.names.append(found.hit.name) }
        if let value = found.hit.value {
            groups[texts]?.values.append((found.hit.currency ?? "", value.millionths))
            if let currency = currency(of: texts), found.hit.currency == currency, pays(found.hit, texts) {
                groups[texts]?.revenue.append(value.millionths)
            }
        }
        if let visitor = found.visitor { groups[texts]?.visitors.insert(visitor) }
    }

    private func isWanted(_ found: Found) -> Bool {
        query.period.contains(found.hit.time) && query.filters.allSatisfy { passes($0, found) }
    }

    private func passes(_ filter: Filter, _ found: Found) -> Bool {
        switch filter {
        case .test(let test) where test.dimension == .goal:
            query.goals.contains { $0.isReached(by: found.hit) && compares(test, $0.name) }
        case .test(let test): compares(test, text(of: test.dimension, found))
        case .all(let filters): filters.allSatisfy { passes($0, found) }
        case .any(let filters): filters.contains { passes($0, found) }
        case .not(let filter): !passes(filter, found)
        case .done(let filter):
            found.visit?.hits.contains { hit in
                query.period.contains(hit.time)
                    && passes(filter, Found(hit: hit, visitor: found.visitor, visit: found.visit))
            } ?? false
        }
    }

    private func compares(_ test: Filter.Test, _ text: String?) -> Bool {
        guard let text else {
            switch (test.comparison, test.dimension) {
            case (.equals, _): return test.values.contains(test.dimension.blank) != test.isNegated
            case (_, .property): return false
            default: return test.isNegated
            }
        }
        let options: NSString.CompareOptions = test.ignoresCase ? [.literal, .caseInsensitive] : [.literal]
        let found = test.values.contains { wanted in
            switch test.comparison {
            case .equals:
                test.ignoresCase
                    ? text.lowercased().utf8.elementsEqual(wanted.lowercased().utf8)
                    : text.utf8.elementsEqual(wanted.utf8)
            case .contains: wanted.isEmpty || text.range(of: wanted, options: options) != nil
            case .matches: text.range(of: wanted, options: [.regularExpression]) != nil
            }
        }
        return found != test.isNegated
    }

    // MARK: Values

    /// The texts of the groups to which a hit belongs: one for each goal that it reaches.
    private func texts(of found: Found, at moment: Timestamp, asVisit: Bool = false) -> [[String]] {
        let texts = query.dimensions.map { dimension in
            if case .time(let unit) = dimension { return query.label(of: moment, unit) }
            if asVisit, dimension == .hit(.page), let visit = found.visit {
                return (page(of: entries[visit.number]) ?? dimension.blank).escaped
            }
            // Texts that are canonically equivalent are different ones.
            return (text(of: dimension, found) ?? dimension.blank).escaped
        }
        guard let place = query.dimensions.firstIndex(of: .goal) else { return [texts] }
        return query.goals.filter { $0.isReached(by: found.hit) }.map { goal in
            texts.enumerated().map { $0.offset == place ? goal.name.escaped : $0.element }
        }
    }

    func page(of hit: Hit?) -> String? {
        hit?.path.map { path in query.pageRules.first { path.isLike($0) } ?? path }
    }

    private func text(of dimension: Analytics.Dimension, _ found: Found) -> String? {
        let first = found.visit?.hits.first ?? found.hit
        switch dimension {
        case .time, .goal: return nil
        case .property(let name):
            let object = found.hit.props.flatMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) }
            return (object as? [String: Any])?[name].map { "\($0)" }
        case .hit(.name): return found.hit.name
        case .hit(.page): return page(of: found.hit)
        case .hit(.hostname): return found.hit.host
        case .hit(.title): return found.hit.title
        case .visit(.entryPage): return page(of: found.visit.flatMap { entries[$0.number] })
        case .visit(.entryPageHostname): return found.visit.flatMap { entries[$0.number] }?.host
        case .visit(.exitPage): return page(of: found.visit.flatMap { exits[$0.number] })
        case .visit(.exitPageHostname): return found.visit.flatMap { exits[$0.number] }?.host
        case .visit(.user): return found.visitor.flatMap { users[$0] }
        case .visit(let attribute): return first.text(of: attribute)
        }
    }

    // MARK: Metrics

    private func value(of metric: Metric, _ group: Group, _ texts: [String]) -> Report.Value {
        let names = group.names
        let whole = group.whole.map(\.visit)
        switch metric {
        case .visitors: return .count(group.visitors.count)
        case .visits: return .count(group.visits.count)
        case .pageviews: return .count(names.count { $0 == "pageview" })
        case .events: return .count(names.count { $0 != "impression" })
        case .users: return .count(Set(group.events.map(\.user)).count)
        case .clicks where query.basis == .event: return .count(group.events.count { $0.kind == .click })
        case .impressions where query.basis == .event: return .count(group.events.count { $0.kind == .impression })
        case .clicks: return .count(names.count { $0 == "click" })
        case .impressions: return .count(names.count { $0 == "impression" })
        case .viewsPerVisit: return mean(whole.map { Double($0.pageviews) }, 100) ?? .count(0)
        case .eventsPerVisit: return mean(whole.map { Double($0.events) }, 100) ?? .count(0)
        case .bounceRate:
            return mean(group.whole.filter(\.isEntered).map { $0.visit.isBounce ? 100 : 0 }, 1) ?? .count(0)
        case .visitDuration: return mean(whole.map { $0.duration / .seconds(1) }, 1) ?? .count(0)
        case .scrollDepth: return mean(group.depths.values.map { Double($0) }, 1) ?? .none
        case .timeOnPage: return mean(group.engaged.values.map { Double($0) / 1000 }, 1) ?? .none
        case .percentage:
            let share = Double(group.visitors.count * 100) / Double(visitors.count)
            return visitors.isEmpty ? .none : .real((share * 10).rounded(.toNearestOrEven) / 10)
        case .conversionRate: return share(group, of: audience?.visitors)
        case .groupConversionRate:
            let kept = zip(query.dimensions, texts).filter { !$0.0.isOfConversion }.map(\.1)
            return share(group, of: audience?.groups[kept]?.visitors)
        case .value:
            let sums = Dictionary(grouping: group.values, by: \.currency).mapValues { $0.map(\.amount).reduce(0, +) }
            return .amounts(sums.sorted { $0.key < $1.key }.map { Money($0.key, millionths: Int128($0.value)) })
        case .totalRevenue:
            return currency(of: texts).map { .money(Money($0, millionths: Int128(group.revenue.reduce(0, +)))) }
                ?? .none
        case .averageRevenue:
            guard let currency = currency(of: texts), !group.revenue.isEmpty else { return .none }
            let mean = (Double(group.revenue.reduce(0, +)) / Double(group.revenue.count)).rounded()
            return .money(Money(currency, millionths: Int128(mean)))
        }
    }

    private func share(_ group: Group, of visitors: Set<Visitor>?) -> Report.Value {
        guard let visitors, !visitors.isEmpty else { return .count(0) }
        let share = Double(group.visitors.count * 100) / Double(visitors.count)
        return .real((share * 100).rounded(.toNearestOrEven) / 100)
    }

    // MARK: Goals

    private var filteredGoals: [Goal]? {
        let tests = query.filters.compactMap { filter -> Filter.Test? in
            if case .test(let test) = filter, test.dimension == .goal { test } else { nil }
        }
        return tests.isEmpty ? nil : query.goals.filter { goal in tests.contains { compares($0, goal.name) } }
    }

    private var asksForScrolling: Bool {
        filteredGoals?.contains { if case .scroll = $0.kind { true } else { false } } ?? false
    }

    /// The currency of the revenue of a group.
    private func currency(of texts: [String]) -> String? {
        if let place = query.dimensions.firstIndex(of: .goal) {
            return query.goals.first { $0.name.escaped == texts[place] }?.currency
        }
        let currencies = Set((filteredGoals ?? []).compactMap(\.currency))
        return currencies.count == 1 ? currencies.first : nil
    }

    /// True if a hit reaches the goal of its group, or any that is asked for, with a currency.
    private func pays(_ hit: Hit, _ texts: [String]) -> Bool {
        if query.dimensions.contains(.goal) { return true }
        return (filteredGoals ?? []).contains { $0.currency != nil && $0.isReached(by: hit) }
    }

    private func mean(_ values: [Double], _ scale: Double) -> Report.Value? {
        guard !values.isEmpty else { return nil }
        let rounded = (values.reduce(0, +) * scale / Double(values.count)).rounded(.toNearestOrEven)
        return scale == 1 ? .count(Int(rounded)) : .real(rounded / scale)
    }
}

extension Goal {
    func isReached(by hit: Hit) -> Bool {
        let object = hit.props.flatMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) } as? [String: Any]
        guard properties.allSatisfy({ name, wanted in object?[name].map { "\($0)" } == wanted }) else { return false }
        switch kind {
        case .event(let name): return hit.name == name && name != "engagement"
        case .page(let pattern): return hit.name == "pageview" && hit.path?.isLike(pattern) == true
        case .scroll(let pattern, let depth):
            return hit.name == "engagement" && hit.path?.isLike(pattern) == true && (hit.scroll ?? -1) >= depth
        }
    }
}

extension String {
    /// True if the whole text is like a pattern with stars.
    func isLike(_ pattern: String) -> Bool {
        let parts = pattern.split(separator: "*", omittingEmptySubsequences: false)
        let expression = parts.map { NSRegularExpression.escapedPattern(for: String($0)) }.joined(separator: ".*")
        return range(of: "^(?:\(expression))$", options: [.regularExpression]) != nil
    }
}

extension Analytics.Dimension {
    fileprivate var isOfConversion: Bool {
        switch self {
        case .goal, .property: true
        default: false
        }
    }
}

extension Hit {
    fileprivate func text(of attribute: VisitAttribute) -> String? {
        let fields: [String: String?] = [
            "source": origin?.source, "channel": origin?.channel, "referrer": origin?.referrer,
            "country_name": place?.country.map { Locale(identifier: "en").localizedString(forRegionCode: $0) ?? $0 },
            "region_name": place?.region, "city_name": place?.city, "utm_source": origin?.utmSource,
            "utm_medium": origin?.utmMedium, "utm_campaign": origin?.utmCampaign,
            "utm_content": origin?.utmContent, "utm_term": origin?.utmTerm, "country": place?.country,
            "region": place?.region, "city": place?.city, "browser": agent?.browser,
            "browser_version": agent?.browserVersion, "os": agent?.os, "os_version": agent?.osVersion,
            "device": agent?.device, "screen": agent?.screen, "language": agent?.language,
        ]
        return fields[attribute.rawValue] ?? nil
    }
}
