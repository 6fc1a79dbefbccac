import Analytics
import FoundationEssentials
import HTTPTypes
import Hummingbird
import Ingest
import NIOCore
import Spool
import Store

/// `POST /analytics` stores events, `GET /analytics` answers about an hour.
struct AnalyticsRoutes: Sendable {
    let settings: ServerSettings
    let meters: Meters
    let batcher: Batcher
    let store: Store
    /// nil without a spool.
    let forwarder: Forwarder?
    let budget: BodyBudget

    func add(to router: Router<RequestScope>) {
        router.get("/analytics", use: get)
        router.head("/analytics", use: get)
        router.post("/analytics", use: post)
    }

    // MARK: Asking

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let query = request.uri.query ?? ""
        let asked = try Question(query.utf8.span)
        guard forwarder?.isCurrent != false else {
            throw Problem.unavailable("the database was away, and events of that time have still to be stored")
        }
        let report = try await store.report(site: Site.standard, at: asked.at.timestamp)
        let wantsJSON = asked.format == "json" || (asked.format == nil && request.headers.prefersJSON)
        return wantsJSON ? Response(json: report.json(at: asked.at)) : Response(csv: report.csv)
    }

    // MARK: Storing

    @Sendable private func post(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let isStrict = settings.isStrict || request.headers.preferStrict
        do {
            let key = try request.headers[.idempotencyKey].map { try IdempotencyKey(parsing: $0) }
            // Held until the events are stored.
            var share = budget.share()
            switch try await input(request, &share) {
            case .one(let event):
                return try await store([event], answer: "", key)
            case .many(let bulk):
                share.change(to: bulk.events.count * MemoryLayout<Event>.stride)
                return try await store(bulk, isStrict: isStrict, key)
            }
        } catch let rejection as Rejection {
            return try refuse(rejection, isStrict: isStrict).response
        } catch WriteError.refused {
            return try refuse(Rejection(.body, .refusedByDatabase), isStrict: isStrict).response
        }
    }

    private enum Input {
        case one(Event)
        case many(Bulk)
    }

    private func input(_ request: Request, _ share: inout BodyBudget.Share) async throws -> Input {
        let times = settings.acceptedTimes.range(at: Timestamp(Date.now))
        let mediaType = request.headers.mediaType
        if let format = mediaType.flatMap(Bulk.Format.init(mediaType:)) {
            return .many(try bulk(try await body(of: request, &share), format, times))
        }
        if let query = request.uri.query, !query.isEmpty {
            return .one(try Event(EventFields(form: query.utf8.span), in: query.utf8.span, accepting: times))
        }
        let body = try await body(of: request, &share)
        let bytes = body.readableBytesUInt8Span
        switch mediaType {
        case "application/json" where bytes.firstNonBlank == UInt8(ascii: "["):
            return .many(try bulk(body, .jsonArray, times))
        case "application/json":
            return .one(try Event(EventFields(json: bytes), in: bytes, accepting: times))
        case nil, "application/x-www-form-urlencoded":
            return .one(try Event(EventFields(form: bytes), in: bytes, accepting: times))
        default:
            throw Rejection(.contentType, .unsupported)
        }
    }

    private func bulk(_ body: ByteBuffer, _ format: Bulk.Format, _ times: ClosedRange<Timestamp>) throws -> Bulk {
        // Reading it would be in vain, and takes the time that those need who have been taken.
        if batcher.isFull { throw Batcher.Refusal.full }
        return try Bulk(body.readableBytesUInt8Span, format: format, limit: settings.maximumEvents, accepting: times)
    }

    /// The whole body, inflated if need be.
    private func body(of request: Request, _ share: inout BodyBudget.Share) async throws -> ByteBuffer {
        let encoding = request.headers[.contentEncoding]?.lowercased() ?? "identity"
        guard ["identity", "gzip", "x-gzip"].contains(encoding) else {
            throw Problem(.unsupportedMediaType, "only gzip is understood", field: "Content-Encoding")
        }
        var body = ByteBuffer()
        for try await var part in request.body {
            guard part.readableBytes <= settings.maximumBody - body.readableBytes else {
                throw NIOTooManyBytesError(maxBytes: settings.maximumBody)
            }
            try share.take(part.readableBytes)
            body.writeBuffer(&part)
        }
        if encoding == "identity" { return body }
        let inflated = try inflate(body, limit: settings.maximumInflated)
        try share.take(inflated.readableBytes)
        return inflated
    }

    private func store(_ bulk: Bulk, isStrict: Bool, _ key: IdempotencyKey?) async throws -> Response {
        meters.noteRejections(bulk.rejections)
        if isStrict && bulk.rejected > 0 {
            var problem = Problem(.badRequest, "some events are rejected, so nothing was stored")
            problem.errors = bulk.errors
            problem.headers[.preferenceApplied] = "handling=strict"
            throw problem
        }
        let answer: JSON = .object([
            "accepted": .number(bulk.events.count),
            "rejected": .number(bulk.rejected),
            "errors": .array(bulk.errors.map(\.json)),
        ])
        let text = answer.description
        guard !bulk.events.isEmpty else { return Response(jsonText: ByteBuffer(string: text)) }
        return try await store(bulk.events, answer: text, key)
    }

    /// Waits until the events are committed; only then there is a 2xx.
    private func store(_ events: [Event], answer: String, _ key: IdempotencyKey?) async throws -> Response {
        let outcome = try await batcher.append(Batch.Entry(events: events, key: key, answer: answer))
        switch outcome {
        case .stored:
            meters.accepted.add(events.count)
            return stored(answer)
        case .repeated(let first):
            meters.replayed.add(1)
            var response = stored(first)
            response.headers[.idempotencyReplayed] = "true"
            return response
        }
    }

    /// A single event is answered with nothing, a bulk with what became of it.
    private func stored(_ answer: String) -> Response {
        answer.isEmpty ? Response(status: .noContent) : Response(jsonText: ByteBuffer(string: answer))
    }

    /// Older clients rely on a 204 whatever they send, so the refusal is in a header unless they want it otherwise.
    func refuse(_ rejection: Rejection, isStrict: Bool, events: Int = 1) throws(Problem) -> Answer {
        meters.noteRejections([rejection: events])
        guard isStrict || rejection.field == .idempotencyKey else {
            return Answer(status: .noContent, headers: [.analyticsRejected: rejection.description])
        }
        var problem = Problem(rejection)
        if isStrict { problem.headers[.preferenceApplied] = "handling=strict" }
        throw problem
    }
}

extension Bulk.Format {
    init?(mediaType: String) {
        switch mediaType {
        case "text/csv": self = .csv
        case "application/x-ndjson", "application/ndjson", "application/jsonl": self = .ndjson
        default: return nil
        }
    }
}

extension Span<UInt8> {
    fileprivate var firstNonBlank: UInt8? {
        for index in indices where self[index] > 0x20 { return self[index] }
        return nil
    }
}
