import Analytics
import Support

extension Query {
    private static let told: [Metric] = [
        .visits, .pageviews, .events, .viewsPerVisit, .eventsPerVisit, .bounceRate, .visitDuration,
    ]
    private static let units: [TimeUnit] = [.day, .week, .weekFromSunday, .month]

    /// The page views of some days (UTC).
    init(of site: SiteID, days: Range<Int>) {
        let start = Timestamp(milliseconds: days.lowerBound * 86_400_000)
        let end = Timestamp(milliseconds: days.upperBound * 86_400_000)
        self.init(site: site, period: Period(from: start, to: end) ?? .day, metrics: [.pageviews])
    }

    /// A random query without filters about dates of a site; a few cannot be answered from totals.
    init(ofDatesOf site: VisitSite, using random: inout SeededGenerator) {
        let first = Int.random(in: 0..<9, using: &random)
        let last = Int.random(in: first + 1...min(first + 6, 12), using: &random)
        let (start, end) = (site.midnights[first], site.midnights[last])
        let unit = Self.units.randomElement(using: &random).map { Dimension.time($0) }
        let dimensions = Int.random(in: 0..<3, using: &random) == 0 ? [] : [unit ?? .time(.day)]
        var metrics = Array(Self.told.shuffled(using: &random).prefix(Int.random(in: 1...4, using: &random)))
        if Int.random(in: 0..<3, using: &random) == 0 { metrics.append(.visitors) }
        if Int.random(in: 0..<9, using: &random) == 0 { metrics.append(.percentage) }
        self.init(
            site: site.id,
            period: Period(from: start, to: end) ?? .day,
            zone: Int.random(in: 0..<9, using: &random) == 0 ? "Europe/Rome" : site.zone,
            metrics: metrics,
            dimensions: dimensions
        )
    }

    /// True if hits that are kept, or totals, tell the answer.
    ///
    /// - Parameters:
    ///   - kept: The first midnight whose hits are kept.
    ///   - site: The site.
    ///   - hits: All hits, of all sites.
    /// - Returns: True or false.
    func isTold(keptSince kept: Timestamp, _ site: VisitSite, firstHit hits: [Hit]) -> Bool {
        guard period.start < kept, period.start < period.end else { return true }
        let times = hits.filter { hit in
            hit.site == site.id && !hit.flags.contains(.bot) && (hit.name != "engagement")
        }
        if !includesBots {
            guard let time = times.map(\.time).min() else { return true }
            // The midnights begin within the first day.
            let first = site.midnights.last { $0 <= time } ?? time
            guard first < min(period.end, kept) else { return true }
        }
        guard !metrics.allSatisfy({ $0.isOfTheHour }) || basis != .event else { return true }
        guard filters.isEmpty, !includesBots, zone == site.zone, dimensions.count < 2 else { return false }
        let units = Self.units.map { Dimension.time($0) }
        guard dimensions.allSatisfy(units.contains) else { return false }
        guard site.midnights.contains(period.start), period.end > kept || site.midnights.contains(period.end) else {
            return false
        }
        let isOneDate = site.midnights.count { period.contains($0) } == 1
        return metrics.allSatisfy { metric in
            if metric == .visitors { return isOneDate || dimensions == [.time(.day)] }
            return Self.told.contains(metric) || metric.isOfTheHour && basis == .event
        }
    }
}

extension Period {
    /// The first day.
    fileprivate static var day: Period {
        Period(from: Timestamp(milliseconds: 0), to: Timestamp(milliseconds: 86_400_000)) ?? .day
    }
}
