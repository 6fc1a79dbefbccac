import Analytics
import Synchronization

/// The hits that sites took on the current day (UTC), on all servers as far as is known, which their caps limit.
final class SiteUsage: Sendable {
    private struct State {
        var day = 0
        /// The hits on all servers, as the database told last.
        var known: [SiteID: Int] = [:]
        /// The hits here that the database has not been told yet.
        var pending: [SiteID: Int] = [:]

        mutating func begin(_ day: Int) {
            guard day != self.day else { return }
            self = State(day: day)
        }
    }

    private let state = Mutex(State())

    /// Counts a hit, unless that exceeds a cap.
    ///
    /// - Parameters:
    ///   - weight: The number that it counts for.
    ///   - site: The site.
    ///   - cap: The most of a day; nil for any number.
    ///   - now: The current time.
    /// - Returns: False if the cap is reached; then nothing is counted.
    func take(_ weight: Int, of site: SiteID, cap: Int?, now: Timestamp) -> Bool {
        state.withLock { state in
            state.begin(now.day)
            let taken = state.known[site, default: 0] + state.pending[site, default: 0]
            if let cap, taken + weight > cap { return false }
            state.pending[site, default: 0] += weight
            return true
        }
    }

    /// Takes the hits of the current day that the database has not been told yet; nil if there are none.
    func takePending() -> (day: Int, hits: [(site: SiteID, count: Int)])? {
        state.withLock { state in
            guard !state.pending.isEmpty else { return nil }
            // They count as known until the database tells the number of all servers.
            for (site, count) in state.pending { state.known[site, default: 0] += count }
            defer { state.pending = [:] }
            return (state.day, state.pending.map { ($0.key, $0.value) })
        }
    }

    /// Puts hits back that the database could not be told.
    func putBack(_ hits: [(site: SiteID, count: Int)], of day: Int) {
        state.withLock { state in
            guard state.day == day else { return }
            for (site, count) in hits {
                state.known[site, default: 0] -= count
                state.pending[site, default: 0] += count
            }
        }
    }

    /// Notes the number on all servers.
    func note(_ rows: [NoteSiteHits.Row], of day: Int) {
        state.withLock { state in
            guard state.day == day else { return }
            for row in rows { state.known[row.site] = row.hits }
        }
    }
}

extension Timestamp {
    /// Days since 1970, UTC.
    fileprivate var day: Int { milliseconds / 86_400_000 }
}
