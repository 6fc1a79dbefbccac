package import Analytics
import FoundationEssentials
import Synchronization

/// The live hours in the memory of this server.
///
/// They hold what this server has committed, added before the commit is answered, and what other servers have, fetched
/// before each question. While they cannot be trusted there is no answer from here, and the database is asked.
package final class LiveAnswers: Sendable {
    package struct Configuration: Sendable {
        /// Users that are kept, each once for every hour.
        ///
        /// Beyond that, the database is asked. 0 keeps nothing.
        package var users = 2_000_000
        /// Questions that may wait at the same time for what other servers have committed.
        package var waiters = 10_000
        /// The clock.
        package var now: @Sendable () -> Timestamp = { Timestamp(Date.now) }

        package init() {}
    }

    /// What this server is called in the database.
    let id = UUID()
    let configuration: Configuration
    /// Whether other servers want to see what this one commits.
    private let isFollowed = Atomic(false)
    private let state = Mutex(State())
    /// Asks for a look at what others have committed.
    let wishes: AsyncStream<Void>
    private let wish: AsyncStream<Void>.Continuation

    init(_ configuration: Configuration) {
        self.configuration = configuration
        (wishes, wish) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The first hour that is kept now.
    ///
    /// An hour stays ten minutes longer than the windows of the current hour need it. By then it has been rolled.
    var start: Timestamp {
        let hour = configuration.now().advanced(by: .seconds(-600)).hour - 1
        return Timestamp(seconds: max(hour, 0) * 3600)
    }

    /// The earliest events that another server may want, with some hours for clocks that differ.
    var earliestForOthers: Timestamp? {
        isFollowed.load(ordering: .relaxed) ? start.advanced(by: .seconds(-7200)) : nil
    }

    func setFollowed(_ isFollowed: Bool) {
        self.isFollowed.store(isFollowed, ordering: .relaxed)
    }
}

// MARK: What this server commits

extension LiveAnswers {
    /// Adds what has been committed, before anybody is told of it.
    func committed(_ events: [[Event]], site: SiteID, in transaction: UInt64) {
        state.withLock { state in
            switch state.phase {
            case .off: break
            case .filling:
                state.backlog.append(Committed(events: events, site: site, transaction: transaction))
                state.backlogCount += events.reduce(0) { $0 + $1.count }
                if state.backlogCount > configuration.users { state.stop() }
            case .following(let filled):
                if !filled.shows(transaction) { state.add(events, site, configuration.users) }
            }
        }
    }

    /// Something may have been committed that this server was not told of.
    func doubt() {
        state.withLock { $0.stop() }
    }
}

// MARK: Questions

extension LiveAnswers {
    /// The answer to a question; nil when the database has to be asked.
    package func hour(of site: SiteID, endingAt moment: Timestamp) async -> HourReport? {
        guard state.withLock({ $0.mayAnswer(moment) }) else { return nil }
        guard await catchUp() else { return nil }
        return state.withLock { state in
            guard state.mayAnswer(moment) else { return nil }
            guard let hours = state.sites[site] else { return HourReport(uniqueUsers: 0, clicks: 0, impressions: 0) }
            return hours.hour(endingAt: moment)
        }
    }

    /// Waits until everything is here that others have committed so far.
    private func catchUp() async -> Bool {
        await withCheckedContinuation { continuation in
            let isWaiting = state.withLock { state in
                guard case .following = state.phase, state.waiters.count < configuration.waiters else { return false }
                state.waiters.append(continuation)
                return true
            }
            if isWaiting { wish.yield() } else { continuation.resume(returning: false) }
        }
    }

    /// Asks for a look without a question.
    func tick() { wish.yield() }
}

// MARK: Following

extension LiveAnswers {
    /// From here on what this server commits is kept for `begin`.
    func beginFilling() {
        state.withLock { state in
            state.stop()
            state.phase = .filling
        }
    }

    /// Begins to answer from events that were read at a moment; false when something has come in between.
    func begin(_ sites: [SiteID: HourWindow], start: Timestamp, at filled: Snapshot, ahead: Timestamp?) -> Bool {
        state.withLock { state in
            guard case .filling = state.phase else { return false }
            state.sites = sites
            state.start = start
            state.firstAhead = ahead
            state.phase = .following(filled: filled)
            let backlog = state.backlog
            state.backlog = []
            for batch in backlog where !filled.shows(batch.transaction) {
                state.add(batch.events, batch.site, configuration.users)
            }
            return state.isFollowing
        }
    }

    /// The questions that a look answers which begins now.
    func takeWaiters() -> [CheckedContinuation<Bool, Never>] {
        state.withLock { state in
            defer { state.waiters = [] }
            return state.waiters
        }
    }

    /// Adds what others have committed, and goes on with the clock; false when all has to be read again.
    func add(_ batches: [(site: SiteID, events: [Event])]) -> Bool {
        state.withLock { state in
            guard state.isFollowing else { return false }
            for batch in batches { state.add([batch.events], batch.site, configuration.users) }
            state.advance(to: start)
            return state.isFollowing
        }
    }

    /// Whether questions are answered from here.
    package var isFollowing: Bool { state.withLock { $0.isFollowing } }

    /// Stops answering; whoever waits asks the database.
    func end(_ waiters: [CheckedContinuation<Bool, Never>] = []) {
        let all = state.withLock { state in
            state.stop()
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters + all { waiter.resume(returning: false) }
    }
}

extension LiveAnswers {
    fileprivate struct Committed {
        let events: [[Event]]
        let site: SiteID
        let transaction: UInt64
    }

    fileprivate enum Phase {
        /// Nothing is kept.
        case off
        /// The events are being read from the database; what is committed meanwhile waits.
        case filling
        /// Everything is here that `filled` shows, what this server has committed since, and what others had at the last
        /// look.
        case following(filled: Snapshot)
    }

    fileprivate struct State {
        var phase = Phase.off
        var backlog: [Committed] = []
        var backlogCount = 0
        var sites: [SiteID: HourWindow] = [:]
        var start = Timestamp(milliseconds: 0)
        /// The first event that is too far ahead to be kept yet.
        var firstAhead: Timestamp?
        var waiters: [CheckedContinuation<Bool, Never>] = []

        var isFollowing: Bool {
            if case .following = phase { true } else { false }
        }

        func mayAnswer(_ moment: Timestamp) -> Bool {
            isFollowing && HourWindow.answers(moment, from: start)
        }

        /// Adds the events of a batch, all or none as anybody sees it.
        mutating func add(_ events: [[Event]], _ site: SiteID, _ limit: Int) {
            var hours = sites.removeValue(forKey: site) ?? HourWindow(start: start)
            for event in events.joined() {
                if event.time >= hours.end { firstAhead = min(firstAhead ?? event.time, event.time) }
                hours.add(event)
            }
            sites[site] = hours
            if sites.values.reduce(0, { $0 + $1.userCount }) > limit { stop() }
        }

        mutating func advance(to newStart: Timestamp) {
            guard newStart != start else { return }
            let end = newStart.advanced(by: .seconds(HourWindow.count * 3600))
            // A clock that went back, or events that come into reach and were not kept: all is read again.
            if newStart < start || firstAhead.map({ $0 < end }) ?? false { return stop() }
            start = newStart
            for site in sites.keys { sites[site]?.advance(to: newStart) }
        }

        /// Lets go of everything.
        mutating func stop() {
            phase = .off
            backlog = []
            backlogCount = 0
            sites = [:]
        }
    }
}
