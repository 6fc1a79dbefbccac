import Analytics
import Web

/// The time that the list of all sites is about, in one zone.
struct SitesWindow: Sendable {
    let period: Period
    /// The time before, as far as the period has come; nil if there is none.
    let former: Period?
    let unit: DashboardSeries.Unit
    /// The number of parts of the period that have begun.
    let begun: Int

    /// Asks for the dates.
    ///
    /// - Parameters:
    ///   - asked: The time.
    ///   - site: A site of the zone.
    ///   - store: The store, which knows the zone's dates.
    ///   - now: The present moment.
    /// - Throws: A `QueryError`
    init(_ asked: SitesPeriod, of site: Site, in store: any EventStore, at now: Timestamp) async throws {
        let today = try await store.period(.day, on: nil, of: site.id, zone: site.zone)
        let period: Period
        if let range = asked.range {
            period = try await store.period(range, on: nil, of: site.id, zone: site.zone)
        } else {
            let before = try await store.period(.days(SitesPeriod.recentDays), on: nil, of: site.id, zone: site.zone)
            guard let joined = Period(from: before.start, to: today.end) else { throw QueryError.invalid(.period) }
            period = joined
        }
        self.period = period
        let before = try? await store.period(.before(period), on: nil, of: site.id, zone: site.zone)
        former = before?.cut(to: period, at: now)
        unit = asked.unit
        begun =
            period.contains(now)
            ? asked.unit.begun(of: .max, since: period.start, at: now, today: today) : .max
    }
}
