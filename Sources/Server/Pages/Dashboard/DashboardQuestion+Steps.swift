import Analytics
import Web

extension DashboardQuestion {
    /// The ways to the periods around its own; nil if its dates cannot be told.
    ///
    /// - Parameter store: The store, which knows the zone's dates.
    /// - Returns: The ways.
    func steps(in store: any EventStore) async -> PeriodSteps? {
        guard let query = try? await query(in: store) else { return nil }
        return await steps(around: query.period, query.zone, in: store)
    }

    /// The ways to the periods around its own.
    ///
    /// - Parameters:
    ///   - period: The period of the question.
    ///   - zone: The zone of its dates.
    ///   - store: The store, which knows the zone's dates.
    /// - Returns: The ways; nil if the dates cannot be told.
    func steps(around period: Period, _ zone: String, in store: any EventStore) async -> PeriodSteps? {
        let days = try? await store.buckets(of: .day, in: period, zone: zone).labels
        guard let first = days?.first, let last = days?.last else { return nil }
        return PeriodSteps(address.period, first: first, last: last, isOver: period.end <= .now)
    }
}
