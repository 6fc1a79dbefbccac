import Analytics
import Web

/// The queries for the numbers of a site in the list of all sites, answered in one pass over its hits.
struct SiteReports: Sendable {
    let site: Site
    let window: SitesWindow
    /// True if the hits that count are told, beside those that were refused.
    let isCounted: Bool

    /// The numbers of a site.
    struct Answer: Sendable {
        let numbers: SiteNumbers
        /// Events and impressions; nil if they were not asked for.
        let counted: Int?
    }

    /// Asks for the numbers: without those of the time before, and then without the events and impressions, where what
    /// they are counted from is not kept or too much.
    ///
    /// - Parameter store: The store.
    /// - Returns: The numbers; nil if they cannot be told now.
    func answer(in store: any EventStore) async -> Answer? {
        let extents = [(window.former, isCounted), (nil, isCounted), (nil, false)]
        for (former, isCounted) in extents {
            do {
                return try await ask(store, former, isCounted)
            } catch QueryError.notKept, QueryError.invalid {
                continue
            } catch {
                return nil
            }
        }
        return nil
    }

    private func ask(_ store: any EventStore, _ former: Period?, _ isCounted: Bool) async throws -> Answer? {
        let totals = query([.visitors, .pageviews, .events])
        var series = query([.visitors])
        series.dimensions = [.time(window.unit.time)]
        var queries = [totals, series]
        if isCounted { queries.append(query([.impressions])) }
        if let former {
            var before = query([.visitors])
            before.period = former
            queries.append(before)
        }
        var reports = try await store.reports(queries)[...]
        guard let total = reports.popFirst(), let parts = reports.popFirst() else { return nil }
        let impressions = isCounted ? reports.popFirst()?.count(0) : nil
        let before = former == nil ? nil : reports.popFirst()?.count(0)
        let visitors = total.count(0)
        let change = before.flatMap { Metric.visitors.change(from: .count($0), to: .count(visitors)) }
        let numbers = SiteNumbers(
            visitors: visitors,
            pageviews: total.count(1),
            series: Array(parts.countsOfParts.prefix(window.begun)),
            former: before,
            change: change?.whole
        )
        let counted = impressions.map { total.count(2).addingReportingOverflow($0) }
        return Answer(numbers: numbers, counted: counted.map { $0.overflow ? .max : $0.partialValue })
    }

    private func query(_ metrics: [Metric]) -> Query {
        var query = Query(site: site.id, period: window.period, zone: site.zone, metrics: metrics)
        query.use(site)
        return query
    }
}

extension Report {
    /// A count of the one row of a query without dimensions; 0 where there is no row.
    fileprivate func count(_ place: Int) -> Int { rows.first?.values.dropFirst(place).first?.whole ?? 0 }
}
