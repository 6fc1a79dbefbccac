package import Analytics
import Postgres

extension PostgresStore {
    package func changes(
        of site: SiteID,
        in period: Period,
        zone: String,
        between before: Timestamp,
        and after: Timestamp
    ) async throws -> HitChanges {
        try await report { connection in
            try await connection.snapshot { connection in
                var changes = HitChanges()
                if let live = Period(from: max(period.start, before), to: min(period.end, after)) {
                    let query = InTimeHits(site: site, period: live)
                    changes.inTime = try await connection.execute(query).first ?? HitCounts()
                }
                changes.arrivals = try await connection.execute(
                    ArrivalsBetween(site: site, period: period, zone: zone, before: before, after: after)
                )
                changes.forgettings = try await connection.execute(
                    ForgettingsBetween(site: site, before: before, after: after)
                )
                changes.goals = try await connection.execute(
                    GoalsAddedBetween(site: site, before: before, after: after)
                )
                changes.aliases =
                    try await connection.execute(
                        AliasesAddedBetween(site: site, before: before, after: after)
                    ).first ?? nil
                let kept = [
                    try await connection.execute(KeptSince()).first ?? nil,
                    try await connection.execute(SiteKeptSince(site: site)).first,
                ]
                changes.keptSince = kept.compactMap(\.self).max()
                changes.notedSince = try await connection.execute(ArrivalsNotedSince()).first
                return changes
            }
        }
    }
}
