package import Analytics
import FoundationEssentials
import Synchronization

/// The live hours in the memory of this server.
///
/// They hold the events that this server has committed, added before the commit is acknowledged, and those of other
/// servers, fetched before each answer. While they may be incomplete they give no answer, and the database is asked.
package final class LiveAnswers: Sendable {
    package struct Configuration: Sendable {
        /// The most users in memory, each counted once for every hour.
        ///
        /// With more the database answers. With 0 nothing is kept.
        package var users = 2_000_000
        /// Questions that may wait at the same time for the events of other servers.
        package var waiters = 10_000
        /// The clock.
        package var now: @Sendable () -> Timestamp = { Timestamp.now }

        package init() {}
    }

    /// The id of this server in the database.
    let id = UUID()
    let configuration: Configuration
    /// True if other servers follow, and so need the events that this one commits.
    private let isFollowed = Atomic(false)
    private let state = Mutex(State())
    /// Requests to fetch the events of other servers; at most one is pending.
    let wishes: AsyncStream<Void>
    private let wish: AsyncStream<Void>.Continuation

    init(_ configuration: Configuration) {
        self.configuration = configuration
        (wishes, wish) = AsyncStream.makeStream(bufferingPolicy: .bufferingNewest(1))
    }

    /// The beginning of the first hour that is kept now.
    ///
    /// An hour is kept for ten minutes longer than the windows of the current hour need it; by then the database has
    /// its aggregates.
    var start: Timestamp {
        let hour = configuration.now().advanced(by: .seconds(-600)).hour - 1
        return Timestamp(seconds: max(hour, 0) * 3600)
    }

    /// The time from which on other servers may need events, two hours before `start` for clocks that differ; nil if
    /// none follows.
    var earliestForOthers: Timestamp? {
        isFollowed.load(ordering: .relaxed) ? start.advanced(by: .seconds(-7200)) : nil
    }

    func setFollowed(_ isFollowed: Bool) {
        self.isFollowed.store(isFollowed, ordering: .relaxed)
    }
}

// MARK: Own commits

extension LiveAnswers {
    /// Adds the events of a committed batch; called before the commit is acknowledged.
    func committed(_ events: [[Event]], in transaction: UInt64) {
        state.withLock { state in
            switch state.phase {
            case .off: break
            case .filling:
                state.backlog.append(Committed(events: events, transaction: transaction))
                state.backlogCount += events.reduce(0) { $0 + $1.count }
                if state.backlogCount > configuration.users { state.stop() }
            case .following(let filled):
                if !filled.shows(transaction) { state.add(events, configuration.users) }
            }
        }
    }

    /// Stops answering, since a batch may have been committed whose events are not in memory.
    func doubt() {
        state.withLock { $0.stop() }
    }
}

// MARK: Questions

extension LiveAnswers {
    /// The counts of the hour that ends at a moment; nil if the database has to be asked.
    package func hour(of site: SiteID, endingAt moment: Timestamp) async -> HourReport? {
        guard state.withLock({ $0.mayAnswer(moment) }) else { return nil }
        guard await catchUp() else { return nil }
        return state.withLock { state in
            guard state.mayAnswer(moment) else { return nil }
            guard let hours = state.sites[site] else { return HourReport(uniqueUsers: 0, clicks: 0, impressions: 0) }
            return hours.hour(endingAt: moment)
        }
    }

    /// Waits until the events that other servers have committed so far are in memory; false if they will not be.
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

    /// Requests a fetch without a question.
    func tick() { wish.yield() }
}

// MARK: Following

extension LiveAnswers {
    /// Drops everything, and keeps for `begin` the batches that this server commits from now on.
    func beginFilling() {
        state.withLock { state in
            state.stop()
            state.phase = .filling
        }
    }

    /// Begins to answer from the events that a snapshot shows; false if they are too many, or answering was stopped
    /// meanwhile.
    func begin(_ sites: [SiteID: HourWindow], start: Timestamp, at filled: Snapshot, ahead: Timestamp?) -> Bool {
        state.withLock { state in
            guard case .filling = state.phase else { return false }
            state.sites = sites
            state.userCount = sites.values.reduce(0) { $0 + $1.userCount }
            state.start = start
            state.firstAhead = ahead
            state.phase = .following(filled: filled)
            let backlog = state.backlog
            state.backlog = []
            for batch in backlog where !filled.shows(batch.transaction) {
                state.add(batch.events, configuration.users)
            }
            return state.isFollowing
        }
    }

    /// Removes the waiting questions, which the fetch that begins now will answer.
    func takeWaiters() -> [CheckedContinuation<Bool, Never>] {
        state.withLock { state in
            defer { state.waiters = [] }
            return state.waiters
        }
    }

    /// Adds the events of other servers and drops the hours that are over; false if everything has to be read again.
    func add(_ batches: [[Event]]) -> Bool {
        state.withLock { state in
            guard state.isFollowing else { return false }
            state.add(batches, configuration.users)
            state.advance(to: start)
            return state.isFollowing
        }
    }

    /// True if questions are answered from memory.
    package var isFollowing: Bool { state.withLock { $0.isFollowing } }

    /// Stops answering; the waiting questions go to the database.
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
        let transaction: UInt64
    }

    fileprivate enum Phase {
        /// Nothing is kept.
        case off
        /// The events are being read from the database; batches committed meanwhile are kept in `backlog`.
        case filling
        /// In memory are the events that `filled` shows, those that this server has committed since, and those that
        /// others had committed at the last fetch.
        case following(filled: Snapshot)
    }

    fileprivate struct State {
        var phase = Phase.off
        var backlog: [Committed] = []
        var backlogCount = 0
        var sites: [SiteID: HourWindow] = [:]
        /// The number of users in `sites`, each counted once for every hour.
        var userCount = 0
        var start = Timestamp(milliseconds: 0)
        /// The time of the first event after the hours that are kept.
        var firstAhead: Timestamp?
        var waiters: [CheckedContinuation<Bool, Never>] = []

        var isFollowing: Bool {
            if case .following = phase { true } else { false }
        }

        func mayAnswer(_ moment: Timestamp) -> Bool {
            isFollowing && HourWindow.answers(moment, from: start)
        }

        /// Adds the events of a batch, all of them before another question is answered.
        mutating func add(_ events: [[Event]], _ limit: Int) {
            // The hours of one site are taken out for as long as its events follow one another.
            var site: SiteID?
            var hours = HourWindow(start: start)
            for part in events {
                // Copies no event, which would count the references to its user.
                let part = part.span
                for index in part.indices {
                    if part[index].site != site {
                        if let site { sites[site] = hours }
                        site = part[index].site
                        hours = sites.removeValue(forKey: part[index].site) ?? HourWindow(start: start)
                    }
                    let time = part[index].time
                    if time >= hours.end { firstAhead = min(firstAhead ?? time, time) }
                    if hours.add(part[index]) { userCount += 1 }
                }
            }
            if let site { sites[site] = hours }
            if userCount > limit { stop() }
        }

        mutating func advance(to newStart: Timestamp) {
            guard newStart != start else { return }
            let end = newStart.advanced(by: .seconds(HourWindow.count * 3600))
            // The clock went back, or events come into reach that were not kept: everything is read again.
            if newStart < start || firstAhead.map({ $0 < end }) ?? false { return stop() }
            start = newStart
            for site in sites.keys { sites[site]?.advance(to: newStart) }
            sites = sites.filter { !$0.value.isEmpty }
            userCount = sites.values.reduce(0) { $0 + $1.userCount }
        }

        /// Drops everything and stops answering.
        mutating func stop() {
            phase = .off
            backlog = []
            backlogCount = 0
            sites = [:]
            userCount = 0
        }
    }
}
