import Analytics
import Foundation

/// The answer to a query, counted hit by hit with sets of texts and visitors.
struct CountedReport {
    private let query: Query
    private let all: [Found]
    private var groups: [[String]: Group] = [:]
    private var visitors: Set<Visitor> = []

    /// A hit with its visit.
    private struct Found {
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
    }

    /// - Parameters:
    ///   - query: The query.
    ///   - hits: All hits of the site.
    ///   - site: The site.
    init(_ query: Query, of hits: [Hit], _ site: VisitSite) {
        self.query = query
        let people = hits.filter { $0.site == site.id && !$0.flags.contains(.bot) }
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
        count()
    }

    private var entries: [Int: Hit] = [:]
    private var exits: [Int: Hit] = [:]

    /// The rows, in no order, their texts escaped.
    var rows: Set<Report.Row> {
        var groups = groups.filter(\.value.isPresent)
        if query.dimensions.isEmpty { groups[[]] = groups[[]] ?? Group() }
        return Set(
            groups.map { texts, group in
                Report.Row(dimensions: texts, values: query.metrics.map { value(of: $0, group) })
            }
        )
    }

    private mutating func count() {
        let countsEngagement = !Set(query.metrics).isDisjoint(with: [.scrollDepth, .timeOnPage])
        var wholes: [Int: Found] = [:]
        for found in all where isWanted(found) {
            let isEngagement = found.hit.name == "engagement"
            if isEngagement {
                guard countsEngagement, let visit = found.visit else { continue }
                let texts = texts(of: found, at: found.hit.time)
                groups[texts, default: Group()].isPresent = true
                if let depth = found.hit.scroll {
                    let before = groups[texts]?.depths[visit.number] ?? 0
                    groups[texts]?.depths[visit.number] = max(before, depth)
                }
                if let engaged = found.hit.engaged {
                    groups[texts]?.engaged[visit.number, default: 0] += engaged
                }
                continue
            }
            let texts = texts(of: found, at: found.hit.time)
            groups[texts, default: Group()].isPresent = true
            groups[texts]?.names.append(found.hit.name)
            guard let visitor = found.visitor, let visit = found.visit else { continue }
            visitors.insert(visitor)
            groups[texts]?.visitors.insert(visitor)
            guard query.period.contains(visit.visit.start) else { continue }
            let started = self.texts(of: found, at: visit.visit.start)
            groups[started, default: Group()].isPresent = true
            groups[started]?.visits.insert(visit.number)
            wholes[visit.number] = found
        }
        guard query.metrics.contains(where: { $0.side == .visits }) else { return }
        for (number, found) in wholes {
            guard let (_, visit, hits) = found.visit, let first = hits.first else { continue }
            let place = Found(hit: first, visitor: found.visitor, visit: found.visit)
            let texts = texts(of: place, at: visit.start, asVisit: true)
            if !query.dimensions.contains(where: \.isOfHits) { groups[texts, default: Group()].isPresent = true }
            let isEntered = query.filters.allSatisfy { filter in
                guard case .test(let test) = filter, test.dimension == .hit(.page) else { return true }
                return compares(test, entries[number]?.path)
            }
            groups[texts, default: Group()].whole.append((visit, isEntered))
        }
    }

    private func isWanted(_ found: Found) -> Bool {
        query.period.contains(found.hit.time) && query.filters.allSatisfy { passes($0, found) }
    }

    private func passes(_ filter: Filter, _ found: Found) -> Bool {
        switch filter {
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

    private func texts(of found: Found, at moment: Timestamp, asVisit: Bool = false) -> [String] {
        query.dimensions.map { dimension in
            if case .time(let unit) = dimension { return label(of: moment, unit) }
            if asVisit, dimension == .hit(.page), let visit = found.visit {
                return (entries[visit.number]?.path ?? dimension.blank).escaped
            }
            // Texts that are canonically equivalent are different ones.
            return (text(of: dimension, found) ?? dimension.blank).escaped
        }
    }

    private func text(of dimension: Analytics.Dimension, _ found: Found) -> String? {
        let first = found.visit?.hits.first ?? found.hit
        switch dimension {
        case .time, .goal: return nil
        case .property(let name):
            let object = found.hit.props.flatMap { try? JSONSerialization.jsonObject(with: Data($0.utf8)) }
            return (object as? [String: Any])?[name].map { "\($0)" }
        case .hit(.name): return found.hit.name
        case .hit(.page): return found.hit.path
        case .hit(.hostname): return found.hit.host
        case .hit(.title): return found.hit.title
        case .visit(.entryPage): return found.visit.flatMap { entries[$0.number] }?.path
        case .visit(.entryPageHostname): return found.visit.flatMap { entries[$0.number] }?.host
        case .visit(.exitPage): return found.visit.flatMap { exits[$0.number] }?.path
        case .visit(.exitPageHostname): return found.visit.flatMap { exits[$0.number] }?.host
        case .visit(let attribute): return first.text(of: attribute)
        }
    }

    private func label(of moment: Timestamp, _ unit: TimeUnit) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: query.zone)
        var date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
        switch unit {
        case .minute: format.dateFormat = "yyyy-MM-dd HH:mm:00"
        case .hour: format.dateFormat = "yyyy-MM-dd HH:00:00"
        case .hourOfWeek: format.dateFormat = "EEEE HH:00"
        case .day: format.dateFormat = "yyyy-MM-dd"
        case .month: format.dateFormat = "yyyy-MM-01"
        case .week:
            format.dateFormat = "yyyy-MM-dd"
            var calendar = Calendar(identifier: .iso8601)
            calendar.timeZone = format.timeZone
            let start = Date(timeIntervalSince1970: Double(query.period.start.milliseconds) / 1000)
            date = max(calendar.dateInterval(of: .weekOfYear, for: date)?.start ?? date, start)
        }
        return format.string(from: date)
    }

    // MARK: Metrics

    private func value(of metric: Metric, _ group: Group) -> Report.Value {
        let names = group.names
        let whole = group.whole.map(\.visit)
        switch metric {
        case .visitors: return .count(group.visitors.count)
        case .visits: return .count(group.visits.count)
        case .pageviews: return .count(names.count { $0 == "pageview" })
        case .events: return .count(names.count { $0 != "impression" })
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
        case .conversionRate, .groupConversionRate, .totalRevenue, .averageRevenue, .value: return .none
        }
    }

    private func mean(_ values: [Double], _ scale: Double) -> Report.Value? {
        guard !values.isEmpty else { return nil }
        let rounded = (values.reduce(0, +) * scale / Double(values.count)).rounded(.toNearestOrEven)
        return scale == 1 ? .count(Int(rounded)) : .real(rounded / scale)
    }
}

extension Hit {
    fileprivate func text(of attribute: VisitAttribute) -> String? {
        let fields: [String: String?] = [
            "source": origin?.source, "channel": origin?.channel, "referrer": origin?.referrer,
            "utm_source": origin?.utmSource, "utm_medium": origin?.utmMedium, "utm_campaign": origin?.utmCampaign,
            "utm_content": origin?.utmContent, "utm_term": origin?.utmTerm, "country": place?.country,
            "region": place?.region, "city": place?.city, "browser": agent?.browser,
            "browser_version": agent?.browserVersion, "os": agent?.os, "os_version": agent?.osVersion,
            "device": agent?.device, "screen": agent?.screen, "language": agent?.language,
        ]
        return fields[attribute.rawValue] ?? nil
    }
}
