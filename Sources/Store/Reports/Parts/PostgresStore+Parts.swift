import Analytics
import Columns
import Logging
import Postgres

// The parts that are stored for other servers, and for the next start.
extension PostgresStore {
    private static let interval: Duration = .seconds(1)
    /// The most parts that are stored at once, between which other work gets its turn.
    private static let atOnce = 16

    /// Stores parts that have changed, until cancelled.
    func keepParts() async {
        for await _ in ticks(every: Self.interval) { await storeParts() }
    }

    /// Stores parts that have changed since they were stored.
    func storeParts() async {
        let today = Timestamp.now.milliseconds / Part.length
        for part in parts.unstored(today: today, limit: Self.atOnce) {
            do {
                try await part.store(by: ingest)
                parts.note(stored: part)
            } catch {
                logger.debug("a part cannot be stored", metadata: ["error": "\(descriptionForLog(error))"])
                return
            }
        }
    }
}

extension UnstoredPart {
    /// Stores the part; one that is too large is left out.
    ///
    /// - Parameter pool: Connections for storing.
    /// - Throws: A `PostgresError`, or a `Pool.Refusal`.
    func store(by pool: Pool) async throws {
        let part = kept.part ?? Part(emptyOn: day)
        guard let packed = PackedPart(part, parts.texts) else { return }
        let statement = KeepPart(
            site: site,
            day: day,
            snapshot: parts.snapshot,
            zone: parts.basis.zone,
            hits: part.count,
            data: packed.data
        )
        _ = try await pool.withConnection { try await $0.execute(statement) }
    }
}
