import Analytics
import Foundation
import Support
import Synchronization

/// A database in memory that can be away, lose the connection in a COMMIT, and refuse events.
final class FakeStore: SpoolTarget {
    /// The fate of the next batches.
    enum Mood: Sendable {
        case takes
        case away
        /// Commits every batch, but the answer is lost.
        case commitsUnheard
    }

    private struct State {
        var mood = Mood.takes
        var refused: Set<String>
        /// Users whose batches cannot be stored now.
        var troubled: Set<String> = []
        /// The number of next moves of the position without events that fail.
        var failingMoves = 0
        var users: [String] = []
        var ids: Set<UUID> = []
        var keys: [String: String] = [:]
        var place: SpoolPosition?
        var transactions = 0
    }

    private let state: Mutex<State>

    init(refusing refused: Set<String> = [], troubled: Set<String> = []) {
        state = Mutex(State(refused: refused, troubled: troubled))
    }

    var users: [String] { state.withLock { $0.users } }
    var transactions: Int { state.withLock { $0.transactions } }
    func set(_ mood: Mood) { state.withLock { $0.mood = mood } }
    func refuse(_ users: Set<String>) { state.withLock { $0.refused = users } }
    func trouble(_ users: Set<String>) { state.withLock { $0.troubled = users } }
    func failMoves(_ count: Int) { state.withLock { $0.failingMoves = count } }
    /// The number of moves of the position without events that are still to fail.
    var failingMoves: Int { state.withLock { $0.failingMoves } }

    let keptSince: Timestamp? = nil
    let measurements = [Measurement("fake", "A number.", value: 1)]

    func append(_ batch: Batch) async throws -> [Outcome] {
        try state.withLock { state in
            if case .away = state.mood { throw WriteError.unavailable }
            state.transactions += 1
            if batch.entries.isEmpty, batch.spoolRange != nil, state.failingMoves > 0 {
                state.failingMoves -= 1
                throw WriteError.unavailable
            }
            let users = batch.entries.flatMap(\.events).map(\.user.text)
            guard state.troubled.isDisjoint(with: users) else { throw WriteError.unavailable }
            if let range = batch.spoolRange {
                guard state.place == range.from else { throw WriteError.misplaced }
            }
            var outcomes: [Outcome] = batch.entries.map { _ in .stored }
            if !state.ids.contains(batch.id) {
                guard state.refused.isDisjoint(with: users) else { throw WriteError.refused(row: nil) }
                state.ids.insert(batch.id)
                for (index, entry) in batch.entries.enumerated() {
                    if let key = entry.key?.text {
                        if let answer = state.keys[key] { outcomes[index] = .repeated(firstResponse: answer) }
                        state.keys[key] = state.keys[key] ?? entry.response
                    }
                    if outcomes[index] == .stored { state.users += entry.events.map(\.user.text) }
                }
            }
            if let range = batch.spoolRange { state.place = range.to }
            if case .commitsUnheard = state.mood { throw WriteError.unknown }
            return outcomes
        }
    }

    func locate(_ spool: UUID, first: SpoolPosition, isEmpty: Bool) async throws -> SpoolPosition {
        try state.withLock { state in
            if case .away = state.mood { throw WriteError.unavailable }
            let place = state.place ?? first
            state.place = place
            return place
        }
    }

    /// Counts all events, whatever their time.
    func note(_ refusals: [RefusedHit]) {}
    func period(_ range: DateRange, on date: String?, of site: SiteID, zone: String) async throws -> Period {
        throw QueryError.unavailable(reason: "fake")
    }

    func lastDate(of site: SiteID, zone: String) async throws -> String? { nil }

    func buckets(of unit: TimeUnit, in period: Period, zone: String) async throws -> Buckets {
        throw QueryError.unavailable(reason: "fake")
    }

    func report(_ query: Query) async throws -> Report { throw QueryError.unavailable(reason: "fake") }
    func reports(_ queries: [Query]) async throws -> [Report] { throw QueryError.unavailable(reason: "fake") }

    func funnel(_ query: FunnelQuery) async throws -> FunnelReport { throw QueryError.unavailable(reason: "fake") }
    func retention(_ query: RetentionQuery) async throws -> RetentionReport {
        throw QueryError.unavailable(reason: "fake")
    }
    func paths(_ query: PathQuery) async throws -> PathReport { throw QueryError.unavailable(reason: "fake") }
    func properties(_ query: Query) async throws -> [PropertyUse] { throw QueryError.unavailable(reason: "fake") }
    func visits(_ query: VisitQuery) async throws -> FoundVisits { throw QueryError.unavailable(reason: "fake") }
    func visit(_ key: VisitKey, of site: SiteID, after offset: Int) async throws -> VisitCourse? { nil }

    func leftOut(of site: SiteID, in period: Period) async throws -> LeftOutHits { LeftOutHits(bots: 0, refused: 0) }
    func lateHits(of site: SiteID, in period: Period) async throws -> HitCounts { HitCounts() }
    func changes(
        of site: SiteID,
        in period: Period,
        zone: String,
        between before: Timestamp,
        and after: Timestamp
    ) async throws -> HitChanges { HitChanges() }
    func refusals(of site: SiteID, since: Timestamp) async throws -> RefusalReport {
        RefusalReport(counts: [], hits: [])
    }
    func refusedHits(of site: SiteID, in period: Period) async throws -> Int { 0 }
    func user(
        _ visitor: Visitor,
        of site: SiteID,
        from first: UserReport.Cursor?,
        limit: Int
    ) async throws -> UserReport? { nil }
    func forget(_ user: User, _ visitor: Visitor, of site: SiteID) async throws -> Job {
        Job(id: 1, kind: "forget user", state: "waiting", progress: 0, created: Timestamp(milliseconds: 0))
    }
    func jobs(of site: SiteID, before last: Int?, limit: Int) async throws -> [Job] { [] }
    func hour(of site: SiteID, endingAt moment: Timestamp) async throws -> HourReport {
        let users = users
        return HourReport(uniqueUsers: Set(users).count, clicks: users.count, impressions: 0)
    }

    func list(_ query: ListQuery, _ take: @escaping @Sendable ([ListedRow]) async throws -> Void) async throws {
        throw QueryError.unavailable(reason: "fake")
    }

    func recent(of site: SiteID) -> any RecentHits { NoHits() }

    func hours(of site: SiteID, endingAt steps: HourSteps) async throws -> [HourReport] {
        throw QueryError.unavailable(reason: "fake")
    }

    func checks() async -> [Check] {
        let isAway = state.withLock { if case .away = $0.mood { true } else { false } }
        return [
            Check("database", .unavailable, obstacle: isAway ? "away" : nil), Check("schema", .unusable),
            Check("tasks", .minor, remark: "a task"),
        ]
    }
}

/// The hits of a site that has none.
private struct NoHits: RecentHits {
    func read(at moment: Timestamp, hits most: Int) async throws -> RecentReading {
        throw QueryError.unavailable(reason: "fake")
    }
}
