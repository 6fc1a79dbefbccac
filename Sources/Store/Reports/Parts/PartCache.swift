import Analytics
import Columns
import Synchronization

/// The parts that a server keeps in memory for the next questions; at most some bytes of them.
final class PartCache: Sendable {
    /// The time between two stores of the current day.
    private static let interval: Duration = .seconds(300)

    /// The most memory for parts, and so for those of a question, in bytes.
    let limit: Int
    /// The parts of a site that have not been compared with the database for so long are read again.
    private let longestAge: Duration
    private let sites = Mutex<[SiteID: SiteParts]>([:])
    private let turns = SiteTurns()
    private let questions = Atomic(0)

    private let record: WorkRecord<PartWork>

    /// - Parameters:
    ///   - limit: The most memory for parts, in bytes.
    ///   - longestAge: The longest time without a comparison with the database.
    ///   - record: Counts those that are dropped.
    init(limit: Int, longestAge: Duration, record: WorkRecord<PartWork>) {
        (self.limit, self.longestAge) = (limit, longestAge)
        self.record = record
    }

    /// The number of parts that are kept, and the memory that they take, in bytes.
    var kept: (parts: Int, bytes: Int) {
        sites.withLock { sites in
            let parts = sites.values.reduce(0) { $0 + $1.days.values.count { $0.part != nil } }
            return (parts, sites.values.reduce(0) { $0 + $1.bytes })
        }
    }

    /// Brings the parts of a site up to date, one question after another, and takes those of some days.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - days: The days, in days since 1970.
    ///   - refresh: Reads what has changed since, and the days that are missing, as many as there is time for.
    /// - Returns: The parts, with their edition.
    /// - Throws: The error of `refresh`, or a `QueryError` if days are still missing.
    func timeline(
        of site: SiteID,
        _ days: ClosedRange<Int>,
        refresh: (SiteParts?) async throws -> SiteParts
    ) async throws -> (timeline: Timeline, edition: PartEdition) {
        await turns.begin(site)
        let result = await refreshed(site, days, refresh)
        await turns.end(site)
        return try result.get()
    }

    /// The parts of a site that are kept, and the memory that is left.
    func memory(of site: SiteID) -> PartMemory {
        PartMemory(parts: known(of: site), room: max(0, limit - kept.bytes))
    }

    /// The parts of a site that are kept, unless they are too old to be brought up to date.
    private func known(of site: SiteID) -> SiteParts? {
        sites.withLock { $0[site] }.flatMap { .now - $0.read > longestAge ? nil : $0 }
    }

    private func refreshed(
        _ site: SiteID,
        _ days: ClosedRange<Int>,
        _ refresh: (SiteParts?) async throws -> SiteParts
    ) async -> Result<(timeline: Timeline, edition: PartEdition), any Error> {
        do {
            // They stay as they are if the question fails.
            var known = self.known(of: site)
            var parts = try await refresh(known)
            known = nil
            let missing = parts.missing(of: days).reduce(0) { $0 + $1.count }
            let result = (timeline: parts.timeline(days), edition: parts.edition(days))
            keep(parts, of: site, usedFor: days)
            guard missing == 0 else { throw QueryError.building(done: days.count - missing, of: days.count) }
            return .success(result)
        } catch {
            return .failure(error)
        }
    }

    /// The parts that have changed since they were stored, with what it takes to store them.
    ///
    /// - Parameters:
    ///   - today: The current day: parts of it, and of later days, are stored every few minutes.
    ///   - limit: The most parts.
    /// - Returns: The parts.
    func unstored(today: Int, limit: Int) -> [UnstoredPart] {
        let now = ContinuousClock.now
        return sites.withLock { sites in
            let all = sites.lazy.flatMap { site, parts in
                parts.days.lazy.filter { day, kept in
                    // The notes about what an old one lacks may be gone.
                    guard kept.changes > 0, day <= today, now - parts.read <= self.longestAge else { return false }
                    return day < today || kept.stored.map { now - $0 > Self.interval } ?? true
                }.map { UnstoredPart(site: site, day: $0.key, kept: $0.value, parts: parts) }
            }
            return Array(all.prefix(limit))
        }
    }

    /// Notes that a part has been stored.
    func note(stored part: UnstoredPart) {
        sites.withLock { $0[part.site]?.note(stored: part.day, changes: part.kept.changes, at: .now) }
    }

    /// Keeps parts that a question for some days has brought up to date, and drops those that have not been asked for the
    /// longest if there are too many.
    func keep(_ parts: SiteParts, of site: SiteID, usedFor days: ClosedRange<Int>) {
        var parts = parts
        parts.use(days, number: questions.wrappingAdd(1, ordering: .relaxed).newValue)
        sites.withLock { sites in
            sites[site] = parts
            var bytes = sites.values.reduce(0) { $0 + $1.bytes }
            guard bytes > limit else { return }
            let all = sites.flatMap { site, parts in
                parts.days.map { (site: site, day: $0.key, use: $0.value.use, bytes: $0.value.bytes) }
            }
            for entry in all.sorted(by: { ($0.use, $0.day) < ($1.use, $1.day) }) where bytes > limit {
                bytes -= entry.bytes
                record.note(.dropped)
                sites[entry.site]?.remove(entry.day)
                if sites[entry.site]?.days.isEmpty == true { sites[entry.site] = nil }
            }
        }
    }
}

/// The parts of a site that are kept in memory when a question begins.
struct PartMemory: Sendable {
    /// The parts; nil for none.
    var parts: SiteParts?
    /// The memory for further ones, in bytes.
    var room = 0
}

/// A part that has changed since it was stored.
struct UnstoredPart: Sendable {
    let site: SiteID
    let day: Int
    let kept: SiteParts.KeptDay
    /// The parts of the site, of whose snapshot it is.
    let parts: SiteParts
}

/// The turns of questions, one at a time for each site.
private actor SiteTurns {
    private var waiting: [SiteID: [CheckedContinuation<Void, Never>]] = [:]

    func begin(_ site: SiteID) async {
        guard waiting[site] != nil else {
            waiting[site] = []
            return
        }
        // As many can wait as there are connections for reports.
        await withCheckedContinuation { waiting[site]?.append($0) }
    }

    func end(_ site: SiteID) {
        guard let next = waiting[site]?.first else {
            waiting[site] = nil
            return
        }
        waiting[site]?.removeFirst()
        next.resume()
    }
}
