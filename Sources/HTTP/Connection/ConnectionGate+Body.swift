import NIOCore
import NIOHTTP1

// The admission of the body of a request.
extension ConnectionGate {
    private static let goAhead = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")

    func sendContinue() { writeInterim(Self.goAhead) }

    /// Passes a head on if its body is admitted; otherwise the request waits, or is refused in its turn.
    func admit(_ head: HTTPRequestHead) {
        let bodies = loop.bodies(for: head)
        if let admission = bodies.admit(length: head.bodyLength) { return perform(state.admit(head, admission)) }
        let isQueued = bodies.wait(length: head.bodyLength) { [self] admission in endWait(head, admission, bodies) }
        if isQueued { state.awaitAdmission(head) } else { perform(state.refuse(refusal(of: head, bodies))) }
    }

    /// Ends the wait of the first held input; returns false if the connection no longer waits.
    private func endWait(
        _ head: HTTPRequestHead,
        _ admission: BodyAdmission.Admission?,
        _ bodies: BodyAdmission
    ) -> Bool {
        guard state.endWait(admission, refusal: { refusal(of: head, bodies) }) else { return false }
        goOn()
        return true
    }

    private func refusal(of head: HTTPRequestHead, _ bodies: BodyAdmission) -> Refusal {
        loop.refuse(bodies.kind.refusal, head, isLast: !head.isKeepAlive)
    }

    /// Counts the bytes of a body that are passed on.
    func noteBody(_ part: HTTPServerRequestPart) {
        guard case .admitted(let admission) = state.body else { return }
        switch part {
        case .head: break
        case .body(let bytes): admission.received += bytes.readableBytes
        case .end: admission.noteWhole()
        }
    }

    /// Ends the admission of this connection's bodies, once they are answered or the connection has ended.
    func endAdmission() { state.takeAdmission()?.end() }
}
