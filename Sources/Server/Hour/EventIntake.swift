import Analytics
import FoundationEssentials
import HTTPTypes
import Ingest
import NIOCore
import NIOHTTP1

/// Takes the events of all connections of one event loop and brings them to the batcher.
///
/// What comes in one turn of the loop goes there together, and what is stored together comes back together: the cost of
/// crossing threads is shared by all of them.
final class EventIntake {
    private static let stored = Meters.RequestLabels(route: "/analytics", method: "POST", status: 204)

    /// Who is to be told about an event.
    private struct Sender {
        let gate: ConnectionGate
        let ticket: Int
    }

    /// The events of one turn.
    private struct Turn {
        var senders: [Sender] = []
        var start = NIODeadline.now()
    }

    private let loop: any EventLoop
    private let routes: AnalyticsRoutes
    private let refusals: RefusalLog
    private let rules: HeadRules
    let limiter: RateLimiter?
    let bodies: BodyAdmission
    private var times: ClosedRange<Timestamp>
    private var events: [Event] = []
    private var sheaf = Turn()
    private var storedAnswer = NoContentAnswer(at: .now)
    private let settled = Mailbox()
    /// One for all connections, each of which has written what is in it before the next one comes.
    private var output = ByteBuffer()

    /// - Parameters:
    ///   - loop: Where all of it happens.
    ///   - routes: What requests are answered like.
    ///   - limiter: Knows who sends too many, if that matters.
    ///   - refusals: Is told of what could not be served.
    init(loop: any EventLoop, routes: AnalyticsRoutes, limiter: RateLimiter?, refusals: RefusalLog) {
        self.loop = loop
        self.routes = routes
        self.refusals = refusals
        self.limiter = limiter
        self.bodies = BodyAdmission(loop: loop, queueTimeout: routes.settings.bodyWait) { [batcher = routes.batcher] in
            batcher.isFull
        }
        self.rules = HeadRules(maximumBody: routes.settings.maximumBody)
        self.times = routes.acceptedTimes
    }

    /// The event of a request; nil when it has to be refused.
    func event(of request: EventRequest) -> Event? {
        if events.isEmpty { times = routes.acceptedTimes }
        return request.event(accepting: times)
    }

    /// A request's head as the routes expect it.
    func admit(_ head: HTTPRequestHead) throws(Problem) -> HTTPRequestHead {
        try rules.admit(head)
    }

    /// How a request is refused whose client has sent too many.
    func refusal(of head: HTTPRequestHead, from client: AddressPrefix) -> ConnectionGate.Refusal? {
        guard let problem = limiter?.refusal(of: head.uri, from: client, at: .now()) else { return nil }
        return refuse(problem, head, isLast: !head.isKeepAlive)
    }

    /// How a request is refused for its head, if that could be read.
    func refuse(_ problem: Problem, _ head: HTTPRequestHead?, isLast: Bool) -> ConnectionGate.Refusal {
        let id = head?.headers.first(name: "X-Request-Id").flatMap { $0.isRequestID ? $0 : nil } ?? storedAnswer.newID()
        let path = String(head?.uri.prefix { $0 != "?" } ?? "")
        let method = head?.method.rawValue ?? ""
        refusals.note(problem, problem, method: method, target: path, id: id)
        routes.meters.requests.add(1, .init(path: path, method: method, status: problem.status.code))
        storedAnswer.update(to: .now)
        var answer = complete(problem.answer, id: id)
        if isLast { answer.headers[.connection] = "close" }
        answer.isForHead = head?.method == .HEAD
        return ConnectionGate.Refusal(answer: answer, id: id, isLast: isLast)
    }

    private func complete(_ answer: Answer, id: String) -> Answer {
        var answer = answer
        answer.headers[.requestID] = id
        answer.headers[.date] = storedAnswer.date
        return answer
    }

    /// Takes an event; the gate is told what became of it.
    func take(_ event: Event, _ gate: ConnectionGate, _ ticket: Int) {
        if events.isEmpty {
            sheaf.start = .now()
            loop.assumeIsolated().execute { self.submit() }
        }
        events.append(event)
        sheaf.senders.append(Sender(gate: gate, ticket: ticket))
    }

    /// Takes the answers out that are known, up to the first that is not.
    ///
    /// - Parameters:
    ///   - answers: Where they are.
    ///   - isClosing: The connection ends when there are no more.
    /// - Returns: What goes over the wire; nil if there are none.
    func output(of answers: inout AnswerQueue, isClosing: Bool) -> ByteBuffer? {
        output.clear()
        while let request = answers.next() {
            let isLast = isClosing && answers.isEmpty
            switch request.state {
            case .waiting: break
            case .stored: storedAnswer.write(id: request.id, isLast: isLast, to: &output)
            case .other(var answer):
                if isLast { answer.headers[.connection] = "close" }
                answer.write(to: &output)
            }
        }
        return output.readableBytes > 0 ? output : nil
    }

    private func submit() {
        let count = events.count
        let taken = NIOLoopBound((intake: self, sheaf: sheaf), eventLoop: loop)
        routes.batcher.append(events) { [loop, settled] places, result in
            let isFirst = settled.put { taken.value.intake.settle(taken.value.sheaf, places, result) }
            if isFirst { loop.execute { settled.run() } }
        }
        events = []
        events.reserveCapacity(count)
        sheaf = Turn()
        sheaf.senders.reserveCapacity(count)
    }

    private func settle(_ sheaf: Turn, _ places: Range<Int>, _ result: Result<Outcome, any Error>) {
        let now = NIODeadline.now()
        storedAnswer.update(to: .now)
        let meters = routes.meters
        meters.requestSeconds.observe(Double((now - sheaf.start).nanoseconds) / 1e9, times: places.count)
        switch result {
        case .success:
            meters.accepted.add(places.count)
            meters.requests.add(places.count, Self.stored)
            for place in places { sheaf.senders[place].gate.settle(sheaf.senders[place].ticket, .stored) }
        case .failure(let error): refuse(sheaf.senders[places], error)
        }
        // A connection with several of them writes all at the first.
        for place in places { sheaf.senders[place].gate.writeAnswers(at: now) }
    }

    /// Gives all of them the same answer, but for its id: when the queue is full they are very many.
    private func refuse(_ senders: ArraySlice<Sender>, _ error: any Error) {
        let ids = senders.map { $0.gate.id($0.ticket) ?? storedAnswer.newID() }
        let answer = answer(to: error, ids: ids)
        routes.meters.requests.add(
            senders.count,
            .init(route: "/analytics", method: "POST", status: answer.status.code)
        )
        for (sender, id) in zip(senders, ids) { sender.gate.settle(sender.ticket, .other(complete(answer, id: id))) }
    }

    /// The answer that the route would give.
    private func answer(to error: any Error, ids: [String]) -> Answer {
        do {
            guard case WriteError.refused(_, let rejection) = error else { throw error }
            return try routes.refuse(rejection, isStrict: routes.settings.isStrict, events: ids.count)
        } catch {
            let problem = problem(for: error)
            for id in ids { refusals.note(error, problem, method: "POST", target: "/analytics", id: id) }
            return problem.answer
        }
    }
}
