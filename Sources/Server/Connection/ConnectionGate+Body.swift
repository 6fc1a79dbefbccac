import Ingest
import NIOCore
import NIOHTTP1

// How a request that has a body gets to bring it.
extension ConnectionGate {
    private static let goAhead = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")

    /// Whether the head of a request can go on now; if not it waits in `held`, or is refused in its turn.
    func mayPass(_ head: HTTPRequestHead) -> Bool {
        guard head.hasBody else { return true }
        if head.expectsContinue, passedOn > 0 {
            // The word to go on would come among the answers to the requests before.
            held.append(.part(.head(head)))
            return false
        }
        guard admission != nil || enter(head) else { return false }
        if head.expectsContinue { wire?.writeAndFlush(NIOAny(Self.goAhead), promise: nil) }
        return true
    }

    private func enter(_ head: HTTPRequestHead) -> Bool {
        let length = head.bodyLength
        admission = intake.bodies.admit(length: length)
        if admission != nil { return true }
        isWaiting = intake.bodies.wait(length: length) { [self] admission in called(head, admission) }
        if isWaiting {
            held.append(.part(.head(head)))
        } else {
            refuse(fullHouse(head))
        }
        return false
    }

    /// The wait is over for the request that is the first of those held.
    private func called(_ head: HTTPRequestHead, _ admission: BodyAdmission.Admission?) -> Bool {
        guard isWaiting else { return false }
        isWaiting = false
        self.admission = admission
        if admission == nil { held[0] = .refusal(fullHouse(head)) }
        goOn()
        return true
    }

    private func fullHouse(_ head: HTTPRequestHead) -> Refusal {
        intake.refuse(problem(for: Batcher.Refusal.full), head, isLast: !head.isKeepAlive)
    }

    /// Notes how much of a body goes on.
    func noteBody(_ part: HTTPServerRequestPart) {
        guard let admission else { return }
        switch part {
        case .head: break
        case .body(let bytes): admission.received += bytes.readableBytes
        case .end: intake.bodies.noteWhole(admission)
        }
    }

    /// Lets others in when what this connection brought is answered, or will not be.
    func endAdmission() {
        guard let admission else { return }
        self.admission = nil
        intake.bodies.release(admission)
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
