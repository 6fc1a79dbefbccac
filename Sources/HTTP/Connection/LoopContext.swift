import FoundationEssentials
import HTTPTypes
import Logging
import NIOCore
import NIOHTTP1

/// The parts that the connections of one event loop share; they are used on that loop alone.
final class LoopContext {
    private let loop: any EventLoop
    let settings: HTTPSettings
    private let routes: RouteTable
    private let recorder: RequestRecorder
    let rules: HeadRules
    /// The rate limiter; nil without a rate limit.
    let limiter: RateLimiter?
    /// The shortcut; nil if every request goes to the router.
    let shortcut: (any Shortcut)?
    /// A scratch buffer: each connection hands it to its channel before the next one fills it.
    var output = ByteBuffer()
    private var noContent = NoContentAnswer(at: .now)
    private var dated = NIODeadline.now()
    private var admissions: [BodyKind: BodyAdmission] = [:]

    init(
        loop: any EventLoop,
        settings: HTTPSettings,
        routes: RouteTable,
        recorder: RequestRecorder,
        limiter: RateLimiter?,
        shortcut: (any Shortcut)?
    ) {
        self.loop = loop
        self.settings = settings
        self.routes = routes
        self.recorder = recorder
        self.limiter = limiter
        self.shortcut = shortcut
        rules = HeadRules(maximumBody: settings.maximumBody)
    }

    /// The admission of the body of a request, by the kind of its route.
    func bodies(for head: HTTPRequestHead) -> BodyAdmission {
        let kind = routes.bodyKind(ofTarget: head.uri)
        if let known = admissions[kind] { return known }
        let new = BodyAdmission(loop: loop, kind: kind, queueTimeout: settings.bodyWait)
        admissions[kind] = new
        return new
    }

    /// The clients of a connection, as far as the rate limit needs them.
    func limitedClients(of peer: @autoclosure () -> Peer) -> LimitedClients {
        guard limiter != nil else { return .none }
        let peer = peer()
        if settings.clients.proxies.contains(peer) { return .perRequest(peer) }
        return peer.address.map { .one($0.prefix) } ?? .none
    }

    /// The refusal of a request beyond the rate limit; nil if it is within.
    func refusal(of head: HTTPRequestHead, from clients: LimitedClients) -> Refusal? {
        guard let client = client(of: head, among: clients),
            let problem = limiter?.refusal(of: head.uri, from: client, at: .now())
        else { return nil }
        return refuse(problem, head, isLast: !head.isKeepAlive)
    }

    private func client(of head: HTTPRequestHead, among clients: LimitedClients) -> AddressPrefix? {
        switch clients {
        case .none: nil
        case .one(let client): client
        case .perRequest(let peer): settings.clients.client(of: peer) { head.headers[$0] }.address?.prefix
        }
    }

    /// Records a connection that is closed for its first bytes.
    func noteClosed(_ reason: StaticString, level: Logger.Level = .warning) {
        recorder.noteClosed(reason, level: level)
    }

    /// Refuses a request for its head, and records that.
    ///
    /// - Parameters:
    ///   - problem: The reason.
    ///   - head: nil if it could not be read.
    ///   - isLast: True if the connection ends with it.
    /// - Returns: The answer, to be given in its turn.
    func refuse(_ problem: Problem, _ head: HTTPRequestHead?, isLast: Bool) -> Refusal {
        let id = head?.headers.first(name: "X-Request-Id").flatMap { $0.isRequestID ? $0 : nil } ?? newID()
        let record = RequestRecord(method: head?.method.rawValue ?? "", target: head?.uri ?? "", id: id)
        recorder.count(routes.labels(path: record.path, method: record.method, status: problem.status.code))
        recorder.noteRefusal(problem, problem, of: record)
        update(at: .now())
        var answer = complete(problem.answer, id: id)
        if isLast { answer.headers[.connection] = "close" }
        answer.isForHead = head?.method == .HEAD
        return Refusal(answer: answer, id: id, isLast: isLast)
    }

    /// Adds the id and the date to an answer.
    func complete(_ answer: Answer, id: String) -> Answer {
        var answer = answer
        answer.headers[.requestID] = id
        answer.headers[.date] = noContent.date
        return answer
    }

    /// A new unique id.
    func newID() -> String { noContent.newID() }

    /// The value of the header `Date` of an answer.
    func date(at now: NIODeadline) -> String {
        update(at: now)
        return noContent.date
    }

    /// Updates the date of the answers.
    func update(at now: NIODeadline) {
        // The answers of one batch are written with the same `now`.
        guard now != dated else { return }
        dated = now
        noContent.update(to: .now)
    }

    /// Writes an answer to the scratch buffer.
    func write(_ request: AnswerQueue.Request, isLast: Bool) {
        switch request.state {
        case .waiting: break
        case .noContent: noContent.write(id: request.id, isLast: isLast, to: &output)
        case .other(var answer):
            if isLast { answer.headers[.connection] = "close" }
            answer.write(to: &output)
        }
    }
}
