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
                try await store(part)
                parts.note(stored: part)
            } catch {
                logger.debug("a part cannot be stored", metadata: ["error": "\(descriptionForLog(error))"])
                return
            }
        }
    }

    private func store(_ unstored: UnstoredPart) async throws {
        let part = unstored.kept.part ?? Part(emptyOn: unstored.day)
        guard let packed = PackedPart(part, unstored.parts.texts) else { return }
        let statement = KeepPart(
            site: unstored.site,
            day: unstored.day,
            snapshot: unstored.parts.snapshot,
            zone: unstored.parts.basis.zone,
            hits: part.count,
            data: packed.data
        )
        _ = try await ingest.withConnection { try await $0.execute(statement) }
    }
}
