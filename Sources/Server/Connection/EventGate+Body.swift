import Ingest
import NIOCore
import NIOHTTP1

// How a request that has a body gets to bring it.
extension EventGate {
    private static let goAhead = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")

    /// Whether the head of a request can go on now; if not it waits in `held`, or is refused in its turn.
    func mayPass(_ head: HTTPRequestHead) -> Bool {
        guard head.hasBody else { return true }
        if head.expectsContinue, passedOn > 0 {
            // The word to go on would come among the answers to the requests before.
            held.append(.part(.head(head)))
            return false
        }
        guard visit != nil || enter(head) else { return false }
        if head.expectsContinue { wire?.writeAndFlush(NIOAny(Self.goAhead), promise: nil) }
        return true
    }

    private func enter(_ head: HTTPRequestHead) -> Bool {
        let length = head.bodyLength
        visit = desk.room.enter(length: length)
        if visit != nil { return true }
        isWaiting = desk.room.wait(length: length) { [self] visit in called(head, visit) }
        if isWaiting {
            held.append(.part(.head(head)))
        } else {
            refuse(fullHouse(head))
        }
        return false
    }

    /// The wait is over for the request that is the first of those held.
    private func called(_ head: HTTPRequestHead, _ visit: WaitingRoom.Visit?) -> Bool {
        guard isWaiting else { return false }
        isWaiting = false
        self.visit = visit
        if visit == nil { held[0] = .refusal(fullHouse(head)) }
        goOn()
        return true
    }

    private func fullHouse(_ head: HTTPRequestHead) -> Refusal {
        desk.refuse(problem(for: Batcher.Refusal.full), head, isLast: !head.isKeepAlive)
    }

    /// Notes how much of a body goes on.
    func noteBody(_ part: HTTPServerRequestPart) {
        guard let visit else { return }
        switch part {
        case .head: break
        case .body(let bytes): visit.received += bytes.readableBytes
        case .end: desk.room.noteWhole(visit)
        }
    }

    /// Lets others in when what this connection brought is answered, or will not be.
    func leaveRoom() {
        guard let visit else { return }
        self.visit = nil
        desk.room.leave(visit)
    }
}

extension HTTPRequestHead {
    fileprivate var hasBody: Bool {
        headers.contains(name: "Transfer-Encoding") || bodyLength ?? 0 > 0
    }

    fileprivate var bodyLength: Int? { headers.first(name: "Content-Length").flatMap { Int($0) } }

    /// RFC 9110, section 10.1.1: not to be heeded from a client that speaks HTTP/1.0.
    fileprivate var expectsContinue: Bool {
        version != .http1_0 && headers[canonicalForm: "Expect"].contains { $0.lowercased() == "100-continue" }
    }
}
