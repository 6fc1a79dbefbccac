import Analytics
import HTTP
import NIOCore
import Synchronization

/// A stream of live figures; its place is free with the last reference.
final class Subscription: Sendable {
    /// The reason for which the server ends a stream.
    enum End: String {
        case shutdown = "the server is shutting down"
        case refused = "the key or the link is not valid any more"
    }

    private let broadcast: Broadcast
    private let hasHits: Bool
    private let leave: @Sendable () -> Void
    private let signal = Signal()
    private let place: Mutex<Broadcast.Place>
    private let ending = Mutex(Ending.no)

    private enum Ending {
        case no
        case wanted(End)
        case done
    }

    /// - Parameters:
    ///   - broadcast: The figures.
    ///   - hasHits: True for a stream that has hits.
    ///   - last: The place that the client has come to before; nil for a new one.
    ///   - leave: Called when the stream is over.
    init(to broadcast: Broadcast, hasHits: Bool, after last: String?, leave: @escaping @Sendable () -> Void) {
        self.broadcast = broadcast
        self.hasHits = hasHits
        self.leave = leave
        place = Mutex(broadcast.enter(signal, hasHits: hasHits, after: last))
    }

    deinit {
        broadcast.leave(signal)
        leave()
    }

    /// Waits for the next messages; nil after the last.
    ///
    /// One task may wait at a time.
    func next() async -> ByteBuffer? {
        while true {
            switch ending.withLock({ $0 }) {
            case .done: return nil
            case .wanted(let end):
                ending.withLock { $0 = .done }
                let event = ServerSentEvent(name: .end, data: .object(["detail": .text(end.rawValue)]))
                return ByteBuffer(string: event.text)
            case .no: break
            }
            let messages = place.withLock { broadcast.messages(after: &$0, hasHits: hasHits) }
            if messages.readableBytes > 0 { return messages }
            await signal.wait()
        }
    }

    /// The figures as they are now; nil before they have been read.
    ///
    /// - Throws: A `QueryError` if there are none, and none can be had
    var snapshot: Broadcast.Snapshot? { get throws(QueryError) { try broadcast.snapshot } }

    /// Ends the stream with a message that tells why.
    func end(_ reason: End) {
        ending.withLock { if case .no = $0 { $0 = .wanted(reason) } }
        signal.set()
    }

    /// Ends the stream without a message.
    func cancel() {
        ending.withLock { $0 = .done }
        signal.set()
    }
}
