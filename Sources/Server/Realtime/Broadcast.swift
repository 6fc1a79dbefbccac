import Analytics
import HTTP
import NIOCore
import Synchronization

/// The live figures of a site, read once for all streams that show them.
final class Broadcast: Sendable {
    /// The figures that streams have in common.
    struct Subject: Hashable, Sendable {
        let site: SiteID
        let filters: [Filter]
    }

    /// The time between the beginnings of two readings; more if they take more than half of it.
    static let interval: Duration = .seconds(1)
    /// The longest pause after a reading.
    private static let longestPause: Duration = .seconds(10)
    /// The time after which a reading has taken so long that the figures are old.
    private static let longestReading: Duration = .seconds(5)
    /// The time for which reading goes on when all streams are gone, of which some may come again.
    private static let linger: Duration = .seconds(30)
    /// The most new hits that are taken of a reading: more than anybody follows, and little to send to many streams.
    static let mostHits = 250
    /// The hits that a stream begins with.
    static let firstHits = 50
    /// The age up to which figures are shown without waiting for others.
    private static let newest: Duration = .seconds(2)
    /// The bytes after which a stream takes no other message of hits at once.
    fileprivate static let mostBytes = 64 << 10

    let subject: Subject
    private let source: any RealtimeSource
    private let state: Mutex<State>

    /// Figures, or the reason why there are none.
    fileprivate struct Status {
        let number: Int
        /// The reading that they are of; nil if they are of none.
        let reading: Int?
        let message: ByteBuffer
    }

    fileprivate struct State {
        var ring: HitRing
        /// The last reading, without its hits.
        var known: RealtimeReading?
        /// The last hits.
        var last: [[ListedRow.Value?]] = []
        var status: Status?
        /// The number of readings that have begun.
        var begun = 0
        /// The beginning of the reading that goes on.
        var reading: ContinuousClock.Instant?
        /// The moment of the last figures, or of the beginning.
        var latest = Timestamp.now
        var isBehind = false
        /// The number of the last hit of the first reading; nil before it.
        var firstEnd: Int?
        var heartbeats = 0
        /// The streams, each by itself; true for those that have hits.
        var streams: [ObjectIdentifier: (signal: Signal, hasHits: Bool)] = [:]
        /// The last time that there was a stream, and one with hits.
        var left = (any: ContinuousClock.now, withHits: ContinuousClock.now - Broadcast.linger)

        func isRead(at now: ContinuousClock.Instant) -> Bool { !streams.isEmpty || now - left.any < Broadcast.linger }

        func isReadWithHits(at now: ContinuousClock.Instant) -> Bool {
            streams.values.contains(where: \.hasHits) || now - left.withHits < Broadcast.linger
        }

        mutating func publish(_ event: ServerSentEvent, reading: Int?) {
            let number = (status?.number ?? 0) + 1
            status = Status(number: number, reading: reading, message: ByteBuffer(string: event.text))
        }

        mutating func keep(_ reading: RealtimeReading) {
            last = Array((last + reading.hits).suffix(Broadcast.firstHits))
            known = reading
            known?.hits = []
        }

        func wake() { for stream in streams.values { stream.signal.set() } }
    }

    init(_ subject: Subject, _ source: any RealtimeSource) {
        self.subject = subject
        self.source = source
        // Other servers, and this one after a restart, number hits in their own way.
        let name = String(UInt64.random(in: .min ... .max), radix: 16)
        state = Mutex(State(ring: HitRing(name: name)))
    }

    // MARK: Reading

    /// Reads until cancelled, or until nobody has been there for a while.
    ///
    /// - Parameter isOver: Tells if reading may end, once nobody is there.
    func run(until isOver: () -> Bool) async {
        while !Task.isCancelled, !isOver() {
            let start = ContinuousClock.now
            let isAnswered = await read()
            let time = start.duration(to: .now)
            let pause = isAnswered ? min(max(Self.interval - time, time), Self.longestPause) : Self.longestPause
            // The only error is the cancellation.
            try? await Task.sleep(for: pause)
        }
    }

    /// True if a stream is there, or may come again.
    var isWanted: Bool { state.withLock { $0.isRead(at: .now) } }

    /// Reads once.
    ///
    /// - Returns: False if the question cannot be answered for longer, as about too many hits.
    @discardableResult
    func read() async -> Bool {
        let (number, isFirst, hasHits) = state.withLock { state in
            state.begun += 1
            state.reading = .now
            return (state.begun, state.firstEnd == nil, state.isReadWithHits(at: .now))
        }
        let most = !hasHits ? 0 : isFirst ? Self.firstHits : Self.mostHits
        do {
            let reading = try await source.read(hits: most)
            let event = ServerSentEvent(name: .counts, data: reading.json)
            state.withLock { state in
                state.ring.append(arrived: isFirst ? reading.hits.count : reading.arrived, reading.hits)
                state.firstEnd = state.firstEnd ?? state.ring.end
                (state.latest, state.isBehind, state.reading) = (reading.counts.moment, false, nil)
                state.keep(reading)
                state.publish(event, reading: number)
                state.wake()
            }
        } catch {
            state.withLock { state in
                state.reading = nil
                state.fall(behind: problem(for: error).detail)
            }
            if case QueryError.invalid = error { return false }
        }
        return true
    }

    /// Says that the figures are old if the reading takes too long.
    ///
    /// - Parameter isBeat: True to give all streams a sign of life.
    func tick(isBeat: Bool) {
        state.withLock { state in
            if let start = state.reading, start.duration(to: .now) > Self.longestReading {
                state.fall(behind: "the database takes long")
            }
            guard isBeat else { return }
            state.heartbeats += 1
            state.wake()
        }
    }

    // MARK: Streams

    /// The figures at a moment, with the last hits.
    struct Snapshot: Sendable {
        let reading: RealtimeReading
        let hits: [[ListedRow.Value?]]
        /// True if newer figures cannot be had now.
        let isBehind: Bool
    }

    /// The figures as they are now; nil before they have been read.
    ///
    /// - Throws: A `QueryError` if there are none, and none can be had
    var snapshot: Snapshot? {
        get throws(QueryError) {
            let (reading, hits, isBehind) = state.withLock { ($0.known, $0.last, $0.isBehind) }
            guard let reading else {
                if isBehind { throw .tooSlow }
                return nil
            }
            let isNew = reading.counts.moment >= Timestamp.now.advanced(by: .zero - Self.newest)
            return isNew || isBehind ? Snapshot(reading: reading, hits: hits, isBehind: isBehind) : nil
        }
    }

    /// The place of a stream among the messages.
    struct Place {
        /// The readings that had begun before it came, whose figures may lack what it knows of.
        fileprivate let begun: Int
        fileprivate var status: Int
        fileprivate var heartbeats: Int
        /// The number of the last hit that it has; nil if that is the last one of the first reading.
        fileprivate var hit: Int?
        /// What it begins with.
        fileprivate var opening: String?
    }

    /// Adds a stream.
    ///
    /// - Parameters:
    ///   - signal: The sign that something is new.
    ///   - hasHits: True for one that has hits.
    ///   - last: The place that the client has come to before; nil for a new one.
    /// - Returns: The place.
    func enter(_ signal: Signal, hasHits: Bool, after last: String?) -> Place {
        state.withLock { state in
            state.streams[ObjectIdentifier(signal)] = (signal, hasHits)
            var place = Place(begun: state.begun, status: 0, heartbeats: state.heartbeats)
            guard hasHits else {
                place.opening = ServerSentEvent.opening(id: nil)
                return place
            }
            let known = last.flatMap(state.ring.number)
            let isLost = last != nil && known == nil
            place.hit = known ?? (isLost ? state.firstEnd : state.ring.place(beforeLast: Self.firstHits))
            place.opening = ServerSentEvent.opening(id: place.hit.map(state.ring.id))
            if isLost { place.opening? += ServerSentEvent.lost.text }
            return place
        }
    }

    /// Removes a stream.
    func leave(_ signal: Signal) {
        state.withLock { state in
            guard let stream = state.streams.removeValue(forKey: ObjectIdentifier(signal)) else { return }
            state.left.any = .now
            if stream.hasHits { state.left.withHits = .now }
        }
    }

    /// The messages behind a place, which moves on; empty if there are none.
    func messages(after place: inout Place, hasHits: Bool) -> ByteBuffer {
        state.withLock { state in
            var buffer = ByteBuffer()
            if let opening = place.opening.take() { buffer.writeString(opening) }
            if hasHits { state.addHits(to: &buffer, &place) }
            if let status = state.status, status.number > place.status, status.reading ?? .max > place.begun {
                place.status = status.number
                buffer.writeImmutableBuffer(status.message)
            }
            if state.heartbeats > place.heartbeats {
                place.heartbeats = state.heartbeats
                buffer.writeString(ServerSentEvent.heartbeat)
            }
            return buffer
        }
    }
}

extension Broadcast.State {
    /// Says that figures are missing, unless it has been said.
    mutating func fall(behind reason: String) {
        guard !isBehind else { return }
        isBehind = true
        publish(.behind(since: latest, reason), reading: nil)
        wake()
    }

    /// Adds hits up to a number of bytes; the rest comes the next time, for which the stream has to ask again.
    func addHits(to buffer: inout ByteBuffer, _ place: inout Broadcast.Place) {
        guard var hit = place.hit ?? firstEnd else { return }
        defer { place.hit = hit }
        while buffer.readableBytes < Broadcast.mostBytes, let next = ring.next(after: hit) {
            switch next {
            case .chunk(let chunk):
                buffer.writeImmutableBuffer(chunk.message)
                hit = chunk.hits.upperBound
            case .gap(let end):
                buffer.writeString(ServerSentEvent.behind(missing: end - hit, id: ring.id(end)).text)
                hit = end
            }
        }
    }
}

extension ServerSentEvent {
    /// The figures are as of a moment.
    fileprivate static func behind(since moment: Timestamp, _ reason: String) -> ServerSentEvent {
        ServerSentEvent(
            name: .behind,
            data: .object(["since": .text(moment.textInMilliseconds), "detail": .text(reason)])
        )
    }

    /// Hits were left out, of which the reports know.
    fileprivate static func behind(missing count: Int, id: String) -> ServerSentEvent {
        ServerSentEvent(
            name: .behind,
            id: id,
            data: .object(["missed": .number(count), "detail": "more hits came than the stream has taken"])
        )
    }

    /// The hits since the place of a client are not known here.
    fileprivate static let lost = ServerSentEvent(
        name: .behind,
        data: .object(["detail": "this server does not know which hits came meanwhile"])
    )
}
