import NIOCore
import NIOHTTP1

// The admission of the body of a request.
extension ConnectionGate {
    private static let goAhead = ByteBuffer(string: "HTTP/1.1 100 Continue\r\n\r\n")

    func sendContinue() { writeInterim(Self.goAhead) }

    /// Passes a head on if its body can be admitted; else it waits, or is refused in its turn.
    func admit(_ head: HTTPRequestHead) {
        let bodies = loop.bodies(for: head)
        if let admission = bodies.admit(length: head.bodyLength) { return perform(state.admit(head, admission)) }
        let isQueued = bodies.wait(length: head.bodyLength) { [self] admission in endWait(head, admission, bodies) }
        if isQueued { state.awaitAdmission(head) } else { perform(state.refuse(refusal(of: head, bodies))) }
    }

    /// Ends the wait of the first of the held inputs; false if the connection waits no more.
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

    /// Notes how much of a body has been handed on.
    func noteBody(_ part: HTTPServerRequestPart) {
        guard case .admitted(let admission) = state.body else { return }
        switch part {
        case .head: break
        case .body(let bytes): admission.received += bytes.readableBytes
        case .end: admission.noteWhole()
        }
    }

    /// Lets other bodies in once those of this connection are answered, or will not be.
    func endAdmission() { state.takeAdmission()?.end() }
}
