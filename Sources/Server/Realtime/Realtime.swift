package import Analytics
import HTTP
import HTTPTypes
import ServiceLifecycle
import Synchronization

/// The live figures of all sites that are shown in streams of this server.
package final class Realtime: Service {
    /// The most streams.
    static let mostStreams = 500
    /// The most streams of a site, so that others have some.
    static let mostStreamsOfSite = 250
    /// The time between two signs of life of a stream, in seconds.
    static let heartbeat = 15

    private struct State {
        var broadcasts: [Broadcast.Subject: Broadcast] = [:]
        /// The number of streams of each site.
        var streams: [SiteID: Int] = [:]
    }

    private let store: any EventStore
    private let state = Mutex(State())
    /// The broadcasts that have to be read; there are no more than streams.
    private let (begun, beginning) = AsyncStream.makeStream(of: Broadcast.self)

    package init(store: any EventStore) { self.store = store }

    /// Reads figures while streams are open, until the shutdown.
    package func run() async {
        await cancelWhenGracefulShutdown {
            await withDiscardingTaskGroup { group in
                group.addTask {
                    var seconds = 0
                    for await _ in ticks(every: .seconds(1)) {
                        seconds += 1
                        self.tick(isBeat: seconds.isMultiple(of: Self.heartbeat))
                    }
                }
                for await broadcast in self.begun {
                    group.addTask { await broadcast.run { self.isOver(broadcast) } }
                }
            }
        }
    }

    private func tick(isBeat: Bool) {
        for broadcast in state.withLock({ Array($0.broadcasts.values) }) { broadcast.tick(isBeat: isBeat) }
    }

    /// Drops a broadcast that nobody wants; false if somebody does.
    private func isOver(_ broadcast: Broadcast) -> Bool {
        state.withLock { state in
            guard !broadcast.isWanted else { return false }
            state.broadcasts[broadcast.subject] = nil
            return true
        }
    }

    /// The number of open streams.
    var streams: Int { state.withLock { $0.streams.values.reduce(0, +) } }

    /// Opens a stream.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - filters: The filters that its figures meet; with any it has neither hits nor the counts of the hour.
    ///   - hasHits: True for a stream that has hits.
    ///   - last: The place that the client has come to before; nil for a new one.
    /// - Returns: The stream.
    /// - Throws: A `Problem` if there are too many.
    func open(_ site: Site, _ filters: [Filter], hasHits: Bool, after last: String?) throws(Problem) -> Subscription {
        let subject = Broadcast.Subject(site: site.id, filters: filters)
        let subscription = state.withLock { state -> Subscription? in
            let ofSite = state.streams[site.id, default: 0]
            guard ofSite < Self.mostStreamsOfSite, state.streams.values.reduce(0, +) < Self.mostStreams else {
                return nil
            }
            state.streams[site.id] = ofSite + 1
            let broadcast = state.broadcasts[subject] ?? begin(site, subject)
            state.broadcasts[subject] = broadcast
            return Subscription(to: broadcast, hasHits: hasHits, after: last) { [self] in leave(site.id) }
        }
        guard let subscription else {
            var problem = Problem.unavailable("as many streams of live figures are open as there may be")
            problem.headers[.retryAfter] = "10"
            throw problem
        }
        return subscription
    }

    private func begin(_ site: Site, _ subject: Broadcast.Subject) -> Broadcast {
        let source: any RealtimeSource =
            subject.filters.isEmpty
            ? WholeSource(site.id, store) : FilteredSource(store: store, site: site, filters: subject.filters)
        let broadcast = Broadcast(subject, source)
        beginning.yield(broadcast)
        return broadcast
    }

    private func leave(_ site: SiteID) {
        state.withLock { state in
            let rest = state.streams[site, default: 1] - 1
            state.streams[site] = rest > 0 ? rest : nil
        }
    }
}
