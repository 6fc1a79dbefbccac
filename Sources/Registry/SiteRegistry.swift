package import Analytics
import FoundationEssentials
package import Logging
package import Postgres
import ServiceLifecycle
import Synchronization

/// The registry of a server: follows the database, answers without waiting, and remembers for the time without it.
package final class SiteRegistry: Service {
    /// The time between two looks at the version: a change is seen everywhere within a second.
    private static let interval: Duration = .milliseconds(500)
    /// The time after which what is not in memory may have been added meanwhile.
    private static let freshness: Duration = .seconds(20)
    /// The longest time that a request waits for the end of the first look after the start.
    private static let longestWait: Duration = .seconds(10)

    struct State {
        var snapshot: RegistrySnapshot?
        /// The time of the last successful look at the database.
        var looked: ContinuousClock.Instant?
        var usedKeys: [Int: Timestamp] = [:]
        /// The number of looks that have begun.
        var looks = 0
        /// The number of the look that the snapshot comes from.
        var source = 0
        var usedShares: [Int: Timestamp] = [:]
    }

    let pool: Pool
    private let cache: RegistryCache?
    let logger: Logger
    private let server = UUID.random()
    let usage = SiteUsage()
    let state = Mutex(State())
    /// The record of the follower, for metrics and readiness.
    package let following = TaskRecord("registry")

    /// - Parameters:
    ///   - pool: Connections that may read the registry and change goals, as those that write may.
    ///   - cache: The file for the time without a database; nil for none.
    ///   - logger: The server's.
    package init(pool: Pool, cache: RegistryCache?, logger: Logger) {
        self.pool = pool
        self.cache = cache
        self.logger = logger
        guard let document = cache?.read() else { return }
        do {
            let snapshot = try RegistrySnapshot(document)
            state.withLock { $0.snapshot = snapshot }
        } catch {
            logger.warning("registry.cache is of no use", metadata: ["error": "\(error)"])
        }
    }

    // MARK: Asking

    /// The registry as last seen; nil before the first look.
    package var recent: RegistrySnapshot? { state.withLock { $0.snapshot } }

    /// The registry as last seen; waits for the first look after the start.
    ///
    /// - Throws: `RegistryFailure.unknown`
    package func snapshot() async throws -> RegistrySnapshot {
        if let snapshot = recent { return snapshot }
        let end = ContinuousClock.now + Self.longestWait
        while .now < end, following.failures == 0 {
            try await Task.sleep(for: .milliseconds(10))
            if let snapshot = recent { return snapshot }
        }
        throw RegistryFailure.unknown
    }

    /// True if something that is not in memory does not exist; false if it may have been added since.
    package var isFresh: Bool {
        state.withLock { state in state.looked.map { $0.duration(to: .now) < Self.freshness } ?? false }
    }

    /// The check for `/readyz`: without the registry nothing is taken for named sites.
    package var check: Check {
        let failing = following.failingTime.map { $0 >= Self.freshness } ?? false
        // Requests wait for the first look.
        let isUnknown = recent == nil && following.failures > 0
        return Check(
            "registry",
            .degraded,
            obstacle: isUnknown ? "the sites and keys are not known yet" : nil,
            remark: failing ? "changes of sites and keys are not seen" : nil
        )
    }

    /// Counts a hit of a site; false if its daily cap is reached.
    ///
    /// - Parameters:
    ///   - weight: The number that it counts for.
    ///   - site: The site.
    ///   - isTrusted: True for a hit with a server key.
    ///   - now: The current time.
    /// - Returns: True if the hit may be stored.
    package func take(_ weight: Int, of site: Site, isTrusted: Bool, now: Timestamp) -> Bool {
        let cap = site.settings.dailyCap ?? (isTrusted ? nil : SiteSettings.defaultDailyCap)
        return usage.take(weight, of: site.id, cap: cap, now: now)
    }

    // MARK: Following

    /// Follows the database until the shutdown.
    package func run() async throws {
        await cancelWhenGracefulShutdown { await self.follow() }
        await leave()
    }

    private func follow() async {
        var nextSalts = ContinuousClock.now
        var nextUses = ContinuousClock.now
        repeat {
            let now = ContinuousClock.now
            do {
                if now >= nextSalts {
                    _ = try await pool.withConnection { try await $0.execute(MakeSalts()) }
                    nextSalts = now + .seconds(60)
                }
                try await look()
                try await tellHits()
                if now >= nextUses {
                    try await tellUses()
                    nextUses = now + .seconds(10)
                }
                following.succeeded()
            } catch {
                following.failed()
                logger.debug("the registry cannot be read", metadata: ["error": "\(error)"])
            }
            // Cancelled while waiting: the loop ends.
        } while (try? await Task.sleep(for: Self.interval)) != nil
    }

    /// Reads the registry if it has changed; of several looks at a time the one that began last decides.
    func look() async throws {
        let number = state.withLock { state in
            state.looks += 1
            return state.looks
        }
        let known = recent?.version ?? 0
        // A registry from the file may be older than the one of a database that was restored since.
        let wanted = state.withLock { $0.looked } == nil ? 0 : known
        let rows = try await pool.withConnection { [server] connection in
            try await connection.execute(ReadRegistry(server: server, known: wanted))
        }
        guard let row = rows.first else { return }
        let isTaken = try row.document.map { try take($0, from: number) } ?? false
        state.withLock { $0.looked = .now }
        guard isTaken else { return }
        // Tells those who wait for the change that it has been seen.
        _ = try await pool.withConnection { [server] connection in
            try await connection.execute(ReadRegistry(server: server, known: row.version))
        }
    }

    /// Takes a document for the registry; false if a later look has brought one.
    func take(_ text: String, from look: Int) throws -> Bool {
        let document: RegistryDocument
        do {
            document = try JSONDecoder().decode(RegistryDocument.self, from: Data(text.utf8))
        } catch {
            throw RegistryFailure.malformed
        }
        let snapshot = try RegistrySnapshot(document)
        let isLatest = state.withLock { state in
            guard look > state.source else { return false }
            (state.snapshot, state.source) = (snapshot, look)
            return true
        }
        guard isLatest else { return false }
        do { try cache?.write(text) } catch {
            logger.warning("registry.cache cannot be written", metadata: ["error": "\(error)"])
        }
        return true
    }

    private func tellHits() async throws {
        guard let (day, hits) = usage.takePending() else { return }
        do {
            let rows = try await pool.withConnection { try await $0.execute(NoteSiteHits(day: day, hits: hits)) }
            usage.note(rows, of: day)
        } catch {
            usage.putBack(hits, of: day)
            throw error
        }
    }

    /// Tells what is left to tell, as far as the database can be reached.
    private func leave() async {
        do {
            try await tellHits()
            try await tellUses()
            _ = try await pool.withConnection { [server] in try await $0.execute(LeaveRegistry(server: server)) }
        } catch {
            logger.debug("the registry could not be left", metadata: ["error": "\(error)"])
        }
    }
}
