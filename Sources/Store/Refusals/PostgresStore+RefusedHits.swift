package import Analytics
import Logging
import Postgres

// The hits that the server refused, which the database keeps for the owners of sites.
extension PostgresStore {
    private static let interval: Duration = .seconds(1)

    package func note(_ refusals: [RefusedHit]) { refused.add(refusals) }

    package func refusals(of site: SiteID, since: Timestamp) async throws -> RefusalReport {
        try await ask { connection in
            let counts = try await connection.execute(RefusalCounts(site: site, since: since))
            let hits = try await connection.execute(RefusedHits(site: site, since: since))
            return RefusalReport(
                counts: counts,
                hits: hits.map { RefusedHit(site: site, time: $0.time, reason: $0.reason, hit: $0.hit) }
            )
        }
    }

    /// Tells the database of refused hits every second, until cancelled.
    func followRefusals() async {
        for await _ in ticks(every: Self.interval) { await deliverRefusals() }
    }

    /// Tells the database of refused hits, if there are any.
    func deliverRefusals() async {
        guard let contents = refused.take() else { return }
        do {
            _ = try await ingest.withConnection { try await $0.execute(NoteRefusals(contents: contents)) }
        } catch {
            refused.putBack(contents)
            logger.debug("refused hits cannot be stored", metadata: ["error": "\(descriptionForLog(error))"])
        }
    }
}
