import Analytics
import Synchronization

/// The sites of names that were asked for lately.
///
/// A site that was found is asked for again after ten seconds, one that was not after a second; while the database is
/// away the last answer counts.
final class SiteNames: Sendable {
    private struct Known {
        let site: SiteID?
        let asked: ContinuousClock.Instant

        func isFresh(at now: ContinuousClock.Instant) -> Bool {
            asked.duration(to: now) < (site == nil ? .seconds(1) : .seconds(10))
        }
    }

    /// The most names in memory; with more, those that are no sites are forgotten first.
    private static let limit = 100_000

    private let known = Mutex<[SiteName: Known]>([:])

    /// The site of a name that was found lately; nil to ask with `site`.
    func recent(_ name: SiteName, at now: ContinuousClock.Instant = .now) -> SiteID? {
        known.withLock { known in
            guard let found = known[name], found.isFresh(at: now) else { return nil }
            return found.site
        }
    }

    /// The site of a name.
    ///
    /// - Parameters:
    ///   - name: The name.
    ///   - now: The time.
    ///   - ask: Asks the database.
    /// - Returns: The site; nil if there is none of this name.
    /// - Throws: The error of `ask` for a name that is not in memory.
    func site(
        _ name: SiteName,
        at now: ContinuousClock.Instant = .now,
        ask: () async throws -> SiteID?
    ) async throws -> SiteID? {
        let last = known.withLock { $0[name] }
        if let last, last.isFresh(at: now) { return last.site }
        do {
            let site = try await ask()
            note(Known(site: site, asked: now), name)
            return site
        } catch {
            guard let site = last?.site else { throw error }
            return site
        }
    }

    private func note(_ answer: Known, _ name: SiteName) {
        known.withLock { known in
            if known.count >= Self.limit, known[name] == nil {
                known = known.filter { $0.value.site != nil }
                if known.count >= Self.limit { known = [:] }
            }
            known[name] = answer
        }
    }
}
