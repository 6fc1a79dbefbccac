import HTTPTypes
import NIOCore
import NIOEmbedded
import NIOHTTP1

@testable import HTTP

/// Carries out the actions of a `GateState`; the test plays the router, the shortcut and the admission of bodies.
struct GateDriver {
    /// The inputs passed to the router, in order, as texts such as `head 1`.
    private(set) var forwarded: [String] = []
    /// The ids of the answered requests, in the order of the answers.
    private(set) var answered: [String] = []
    private(set) var isClosed = false
    /// True once an answer has ended the connection.
    private(set) var hasEnded = false
    /// The values of `Connection` added to the router's answers.
    private(set) var options: [String?] = []
    var state = GateState()
    /// Returns true if the shortcut takes a request.
    var takes: (BodilessRequest) -> Bool = { _ in true }
    /// Returns true if a body is admitted at once.
    var admits: () -> Bool = { true }
    private(set) var waiting: HTTPRequestHead?
    /// The tickets of requests that the shortcut has not answered.
    private(set) var tickets: [Int] = []
    private var unanswered: [String] = []
    private let bodies = BodyAdmission(loop: EmbeddedEventLoop(), kind: .other, queueTimeout: .seconds(2))

    init(isServed: Bool = true) {
        if isServed { state.noteServed() }
    }

    /// Takes an input; requests with the target `/fast` are for the shortcut.
    mutating func receive(_ input: GateInput) {
        if case .part(let part) = input { state.noteDecoded(part) }
        take(input)
    }

    private mutating func take(_ input: GateInput) {
        perform(
            state.receive(input) { head in head.uri == "/fast" ? BodilessRequest(head) { _, _ in true } : nil }
        )
    }

    private mutating func perform(_ action: GateAction) {
        switch action {
        case .nothing: break
        case .offer(let request): offer(request)
        case .check(let head): perform(state.pass(.part(.head(head))))
        case .pass(let input): passCandidate(then: input)
        case .admit(let head): admit(head)
        case .forward(let input, let sendsContinue):
            if sendsContinue { forwarded.append("continue") }
            forward(input)
        case .refuse(let problem): refuse(problem.answer, id: "unreadable", isLast: true)
        case .writeAnswers: writeAnswers()
        case .close: isClosed = true
        }
    }

    private mutating func offer(_ request: BodilessRequest) {
        let ticket = state.nextTicket
        guard takes(request) else { return passCandidate(then: .part(.end(nil))) }
        state.noteTaken()
        tickets.append(ticket)
    }

    private mutating func passCandidate(then input: GateInput) {
        if let head = state.takeCandidate() { perform(state.pass(.part(.head(head)))) }
        perform(state.pass(input))
    }

    private mutating func admit(_ head: HTTPRequestHead) {
        if admits(), let admission = bodies.admit(length: 1) { return perform(state.admit(head, admission)) }
        state.awaitAdmission(head)
        waiting = head
    }

    mutating func refuse(_ answer: Answer, id: String, isLast: Bool) {
        perform(state.refuse(Refusal(answer: answer, id: id, isLast: isLast)))
    }

    private mutating func forward(_ input: GateInput) {
        switch input {
        case .part(.head(let head)):
            unanswered.append(head.id)
            forwarded.append("head \(head.id)")
        case .part(.body): forwarded.append("body")
        case .part(.end): forwarded.append("end")
        case .event: forwarded.append("event")
        case .error: forwarded.append("error")
        case .refusal: forwarded.append("refusal")
        }
    }

    /// Ends the wait for admission, with an admission or with a refusal.
    mutating func endWait(isAdmitted: Bool) {
        guard let head = waiting else { return }
        waiting = nil
        let admission = isAdmitted ? bodies.admit(length: 1) : nil
        let refusal = Refusal(answer: Answer(status: .serviceUnavailable), id: head.id, isLast: false)
        if state.endWait(admission, refusal: { refusal }) { goOn() }
    }

    /// Answers the first request of the router; returns false if it has none.
    mutating func answerFromRouter() -> Bool {
        guard !unanswered.isEmpty, state.beginResponse() else { return false }
        options.append(state.connectionOption)
        answered.append(unanswered.removeFirst())
        if state.endResponse() { hasEnded = true }
        if state.unanswered == 0 {
            state.takeAdmission()?.end()
            goOn()
        }
        return true
    }

    /// Answers a request of the shortcut.
    mutating func answer(ticket: Int) {
        tickets.removeAll { $0 == ticket }
        state.note(ticket, .noContent)
        writeAnswers()
    }

    private mutating func writeAnswers() {
        var written: [String] = []
        let isLast = state.takeAnswers { request, _ in written.append(request.id ?? "") }
        answered += written
        guard let isLast else { return }
        hasEnded = hasEnded || isLast
        goOn()
    }

    private mutating func goOn() {
        for input in state.takeHeld() { take(input) }
    }
}

extension HTTPRequestHead {
    var id: String { headers.first(name: "X-Request-Id") ?? "" }
}
