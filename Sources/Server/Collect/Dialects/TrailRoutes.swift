import Analytics
import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import NIOCore

/// The route of Trail's script, `/api/v1/register-new`.
///
/// Trail's API key is the text of a key here, and its session is the visitor. There is no table of sessions: any UUID is
/// taken for one.
struct TrailRoutes: Sendable {
    let events: EventRoutes

    var routes: [Route] {
        let cors = CORSPolicy(
            origins: .any,
            headers: ["Content-Type", "Content-Length"],
            exposed: ["Analytics-Rejected"]
        )
        return [Route("/api/v1/register-new", [.post: post], bodies: .events(events.batcher), cors: cors)]
    }

    @Sendable private func post(_ request: Request, _ scope: RequestScope) async throws -> Response {
        do {
            // Held until the hit is stored.
            var share = events.reader.budget.share()
            let (use, door, body) = try await events.receive(request, scope, &share)
            let event: TrailEvent
            do throws(TrailEvent.Failure) {
                event = try Self.event(request, body)
            } catch {
                events.note([error.rejection: 1], door)
                events.meters.noteRejections([error.rejection: 1])
                return error.response
            }
            let session = event.session ?? UUID.random().uuidString.lowercased()
            var input = event.input
            input.visitor = session
            let answer = JSON.object(["session_id": .text(session), "success": .bool(true)])
            return try await events.store(input, door, use, answer: answer.description)
        } catch let rejection as Rejection {
            return refuse(rejection)
        } catch WriteError.refused(_, let rejection) {
            return refuse(rejection)
        }
    }

    private static func event(_ request: Request, _ body: ByteBuffer) throws(TrailEvent.Failure) -> TrailEvent {
        let event = try TrailEvent(json: body.readableBytesUInt8Span)
        guard request.headers[.userAgent]?.isEmpty == false else { throw .rejected(Rejection(.userAgent, .missing)) }
        return event
    }

    private func refuse(_ rejection: Rejection) -> Response {
        events.meters.noteRejections([rejection: 1])
        return TrailEvent.Failure.rejected(rejection).response
    }
}

extension TrailEvent.Failure {
    /// The reason as it is counted and shown to the owner of the site.
    fileprivate var rejection: Rejection {
        switch self {
        case .notObject: Rejection(.body, .notObject)
        case .missing(let fields): Rejection(fields == ["api_key"] ? .key : .body, .missing)
        case .notText: Rejection(.body, .notText)
        case .unknownSession: Rejection(.body, .invalidSession)
        case .rejected(let rejection): rejection
        }
    }

    /// The answer, with the status and the text of Trail where it refuses the same.
    fileprivate var response: Response {
        let (status, text, headers) = answer
        var response = Response(
            status: status,
            json: .object(["error": text.map(JSON.text), "success": .bool(false)])
        )
        response.headers.append(contentsOf: headers)
        response.headers[.analyticsRejected] = rejection.description
        return response
    }

    private var answer: (HTTPResponse.Status, String?, HTTPFields) {
        switch self {
        case .notObject: (.badRequest, nil, [:])
        case .missing(let fields):
            (.badRequest, "Malformed request - missing parameters - {\(fields.pythonList)}", [:])
        case .notText: (.badRequest, "Malformed request", [:])
        case .unknownSession: (.notFound, "Invalid request", [:])
        case .rejected(let rejection): Self.answer(to: rejection)
        }
    }

    private static func answer(to rejection: Rejection) -> (HTTPResponse.Status, String?, HTTPFields) {
        switch (rejection.field, rejection.reason) {
        case (.userAgent, _): (.badRequest, "Malformed request", [:])
        case (.key, .tooMany): (Problem(rejection).status, rejection.description, Problem(rejection).headers)
        case (.key, _): (.notFound, "Invalid API key", [:])
        default: (Problem(rejection).status, rejection.description, Problem(rejection).headers)
        }
    }
}

extension [String] {
    /// The texts, each in single quotes.
    fileprivate var pythonList: String { map { "'\($0)'" }.joined(separator: ", ") }
}
