package import Analytics
import Postgres

extension PostgresStore {
    package func recent(of site: SiteID) -> any RecentHits { FollowedSite(site, store: self) }
}

/// A site whose hits are followed.
private actor FollowedSite: RecentHits {
    private let store: PostgresStore
    private var reader: RecentReader
    private var count = 0

    init(_ site: SiteID, store: PostgresStore) {
        self.store = store
        reader = RecentReader(of: site, limit: RecentMemory.most)
    }

    func read(at moment: Timestamp, hits most: Int) async throws -> RecentReading {
        let before = reader
        let (after, reading) = try await store.following { connection in
            var reader = before
            let reading = try await reader.read(at: moment, hits: most, connection)
            return (reader, reading)
        }
        guard store.recentMemory.change(by: after.window.count - count) else { throw QueryError.invalid(.hits) }
        (reader, count) = (after, after.window.count)
        return reading
    }

    deinit { _ = store.recentMemory.change(by: -count) }
}

extension PostgresStore {
    /// Lends a connection of the lists, one at a time for all sites that are followed: the lists need the others.
    ///
    /// - Throws: `QueryError`
    fileprivate func following<R: Sendable>(_ body: @Sendable (Connection) async throws -> R) async throws -> R {
        await recentTurns.begin()
        do {
            let result = try await listing.withConnection(body)
            await recentTurns.end()
            return result
        } catch {
            await recentTurns.end()
            throw DatabaseFailure(error)?.queryError ?? error
        }
    }
}
