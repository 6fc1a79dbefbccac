import Analytics
import HTTP
import HTTPTypes
import Ingest
import NIOCore
import NIOHTTP1

/// Passes events from all connections of one event loop to the batcher.
///
/// The events of one turn of the loop are passed together, and outcomes that arrive together are settled together, so
/// that they share the cost of crossing threads.
final class EventIntake: Shortcut {
    private static let stored = RequestLabels(route: "/analytics", method: "POST", status: 204)

    /// The requests of one turn of the loop.
    private struct Turn {
        var tickets: [Ticket] = []
        var start = NIODeadline.now()
    }

    private let loop: any EventLoop
    private let routes: AnalyticsRoutes
    private let recorder: RequestRecorder
    private var times: ClosedRange<Timestamp>
    private var events: [Event] = []
    private var turn = Turn()
    private let settled = Mailbox()

    /// - Parameters:
    ///   - loop: The event loop that all calls are made on.
    ///   - routes: The route whose answers it gives.
    ///   - recorder: Records the requests.
    init(loop: any EventLoop, routes: AnalyticsRoutes, recorder: RequestRecorder) {
        self.loop = loop
        self.routes = routes
        self.recorder = recorder
        times = routes.acceptedTimes
    }

    func recognize(_ head: HTTPRequestHead) -> BodilessRequest? { EventRequest.recognize(head) }

    func take(_ request: BodilessRequest, _ ticket: Ticket) -> Bool {
        if events.isEmpty { times = routes.acceptedTimes }
        let found = EventRequest.event(of: request) { routes.openDestination($0, times) }
        guard let event = found else { return false }
        if events.isEmpty {
            turn.start = .now()
            loop.assumeIsolated().execute { self.submit() }
        }
        events.append(event)
        turn.tickets.append(ticket)
        return true
    }

    private func submit() {
        let count = events.count
        let taken = NIOLoopBound((intake: self, turn: turn), eventLoop: loop)
        routes.batcher.append(events) { [loop, settled] places, result in
            let isFirst = settled.put { taken.value.intake.settle(taken.value.turn, places, result) }
            if isFirst { loop.execute { settled.run() } }
        }
        events = []
        events.reserveCapacity(count)
        turn = Turn()
        turn.tickets.reserveCapacity(count)
    }

    private func settle(_ turn: Turn, _ places: Range<Int>, _ result: Result<Outcome, any Error>) {
        let now = NIODeadline.now()
        recorder.noteTime(.nanoseconds((now - turn.start).nanoseconds), times: places.count)
        switch result {
        case .success:
            routes.meters.accepted.add(places.count)
            recorder.count(Self.stored, times: places.count)
            for ticket in turn.tickets[places] { ticket.answerNoContent() }
        case .failure(let error): refuse(turn.tickets[places], error)
        }
        // A connection with several tickets writes all of its answers at the first one.
        for ticket in turn.tickets[places] { ticket.writeAnswers(at: now) }
    }

    /// Gives requests the answer of the route; it is made once for all, because a full queue refuses very many.
    private func refuse(_ tickets: ArraySlice<Ticket>, _ error: any Error) {
        let ids = tickets.map { $0.requestID() }
        let answer = answer(to: error, ids)
        recorder.count(RequestLabels(route: "/analytics", method: "POST", status: answer.status.code), times: ids.count)
        for (ticket, id) in zip(tickets, ids) { ticket.answer(answer, id: id) }
    }

    private func answer(to error: any Error, _ ids: [String]) -> Answer {
        let refusal: Result<Answer, any Error> =
            if case WriteError.refused(_, let rejection) = error {
                routes.refuser.refuse(rejection, isStrict: routes.settings.isStrict, events: ids.count).mapError { $0 }
            } else {
                .failure(error)
            }
        switch refusal {
        case .success(let answer): return answer
        case .failure(let error):
            let problem = problem(for: error)
            for id in ids {
                recorder.noteRefusal(error, problem, of: RequestRecord(method: "POST", target: "/analytics", id: id))
            }
            return problem.answer
        }
    }
}
