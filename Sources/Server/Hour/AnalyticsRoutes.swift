import Analytics
import FoundationEssentials
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import NIOCore

/// The route `/analytics`: `POST` stores events, `GET` returns the counts of an hour.
struct AnalyticsRoutes: Sendable {
    let settings: ServerSettings
    let meters: Meters
    let batcher: Batcher
    let store: any EventStore
    let budget: BodyBudget

    var routes: [Route] {
        let events = BodyKind("events", refusal: problem(for: Batcher.Refusal.full)) { [batcher] in batcher.isFull }
        return [Route("/analytics", [.get: get, .post: post], bodies: events)]
    }

    // MARK: Asking

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let query = request.uri.query ?? ""
        let asked = try HourQuery(query.utf8.span)
        let report = try await store.hour(of: Site.standard, endingAt: asked.at.timestamp)
        let wantsJSON = asked.format == "json" || (asked.format == nil && request.headers.prefersJSON)
        return wantsJSON ? Response(json: report.json(at: asked.at)) : Response(csv: report.csv)
    }

    // MARK: Storing

    /// The accepted times of events now, which begin after the events that retention is known to have dropped.
    var acceptedTimes: ClosedRange<Timestamp> {
        settings.acceptedTimes.range(at: Timestamp(Date.now), keptSince: store.keptSince)
    }

    @Sendable private func post(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let isStrict = settings.isStrict || request.headers.preferStrict
        do {
            var use = try RequestKey(request)
            // Held until the events are stored.
            var share = budget.share()
            switch try await input(request, &share, &use) {
            case .one(let event):
                return try await commit([event], answer: "", use)
            case .many(let bulk):
                share.change(to: bulk.events.count * Bulk.bytesOfEvent)
                return try await commit(bulk, isStrict: isStrict, use)
            }
        } catch let rejection as Rejection {
            return try refuse(rejection, isStrict: isStrict).get().response
        } catch WriteError.refused(_, let rejection) {
            return try refuse(rejection, isStrict: isStrict).get().response
        }
    }

    private enum Input {
        case one(Event)
        case many(Bulk)
    }

    private func input(
        _ request: Request,
        _ share: inout BodyBudget.Share,
        _ use: inout RequestKey?
    ) async throws -> Input {
        let times = acceptedTimes
        let mediaType = request.headers.mediaType
        let format = mediaType.flatMap(Bulk.Format.init(mediaType:))
        if format == nil, let query = request.uri.query, !query.isEmpty {
            // The event is in the query; the body only distinguishes the request from others with its key.
            if use != nil { use?.fingerprint.add(body: try await self.body(of: request, &share)) }
            return .one(try Event(EventFields(form: query.utf8.span), in: query.utf8.span, accepting: times))
        }
        var body = try await body(of: request, &share)
        use?.fingerprint.add(body: body)
        if let format { return .many(try bulk(body, format, times)) }
        body.moveReaderIndex(forwardBy: body.readableBytesUInt8Span.markLength)
        let bytes = body.readableBytesUInt8Span
        switch mediaType {
        case "application/json" where bytes.firstNonBlank == UInt8(ascii: "["):
            return .many(try bulk(body, .jsonArray, times))
        case "application/json":
            return .one(try Event(EventFields(json: bytes), in: bytes, accepting: times))
        case nil, "application/x-www-form-urlencoded":
            let fields = EventFields(form: bytes)
            // Some clients, such as curl, send any body as a form if no type is given.
            guard !fields.isEmpty || bytes.isEmpty else { throw Rejection(.contentType, .noForm) }
            return .one(try Event(fields, in: bytes, accepting: times))
        default:
            throw Rejection(.contentType, .unsupported)
        }
    }

    private func bulk(_ body: ByteBuffer, _ format: Bulk.Format, _ times: ClosedRange<Timestamp>) throws -> Bulk {
        // The events would be refused, and parsing them would take time from the accepted requests.
        if batcher.isFull { throw Batcher.Refusal.full }
        return try Bulk(body.readableBytesUInt8Span, format: format, limit: settings.maximumEvents, accepting: times)
    }

    /// The whole body, decompressed if necessary.
    private func body(of request: Request, _ share: inout BodyBudget.Share) async throws -> ByteBuffer {
        let encoding = request.headers[.contentEncoding]?.lowercased() ?? "identity"
        guard ["identity", "gzip", "x-gzip"].contains(encoding) else {
            var problem = Problem(.unsupportedMediaType, "only gzip is understood", field: "Content-Encoding")
            problem.headers[.acceptEncoding] = "gzip"
            throw problem
        }
        var body = ByteBuffer()
        for try await var part in request.body {
            guard part.readableBytes <= settings.http.maximumBody - body.readableBytes else {
                throw NIOTooManyBytesError(maxBytes: settings.http.maximumBody)
            }
            try share.take(part.readableBytes)
            body.writeBuffer(&part)
        }
        if encoding == "identity" { return body }
        let inflated = try inflate(body, limit: settings.maximumInflated)
        try share.take(inflated.readableBytes)
        return inflated
    }

    /// Commits the valid events of a body, and reports each invalid one by its line.
    private func commit(_ bulk: Bulk, isStrict: Bool, _ use: RequestKey?) async throws -> Response {
        meters.noteRejections(bulk.rejections)
        var bulk = bulk
        while true {
            do {
                return try await commitAll(of: bulk, isStrict: isStrict, use)
            } catch WriteError.refused(let rows, let rejection) {
                let before = bulk.rejected
                bulk.reject(rows: rows, rejection)
                meters.noteRejections([rejection: bulk.rejected - before])
            }
        }
    }

    private func commitAll(of bulk: Bulk, isStrict: Bool, _ use: RequestKey?) async throws -> Response {
        if isStrict && bulk.rejected > 0 {
            var problem = Problem(.badRequest, "some events are rejected, so nothing was stored")
            problem.errors = bulk.errors.map(\.json)
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
        return try await commit(bulk.events, answer: text, use)
    }

    /// Commits events; the answer is 2xx only after the commit.
    private func commit(_ events: [Event], answer: String, _ use: RequestKey?) async throws -> Response {
        let request = use.map {
            KeyedRequest(key: $0.key, fingerprint: $0.fingerprint.fingerprint, response: answer)
        }
        switch try await batcher.append(Batch.Entry(events: events, request: request)) {
        case .stored:
            meters.accepted.add(events.count)
            return stored(answer)
        case .repeated(let first):
            meters.replayed.add(1)
            var response = stored(first)
            response.headers[.idempotencyReplayed] = "true"
            return response
        case .conflicting:
            throw Problem(
                .unprocessableContent,
                "the key was used before with another request; nothing was stored",
                field: Rejection.Field.idempotencyKey.rawValue
            )
        }
    }

    /// The answer to stored events: 204 to a single event, whose text is empty, or else 200 with the text.
    private func stored(_ answer: String) -> Response {
        answer.isEmpty ? Response(status: .noContent) : Response(jsonText: ByteBuffer(string: answer))
    }

    /// The answer to an invalid event: 204 with the reason in a header, as older clients expect, or else a problem.
    func refuse(_ rejection: Rejection, isStrict: Bool, events: Int = 1) -> Result<Answer, Problem> {
        meters.noteRejections([rejection: events])
        guard isStrict || rejection.field == .idempotencyKey else {
            return .success(Answer(status: .noContent, headers: [.analyticsRejected: rejection.description]))
        }
        var problem = Problem(rejection)
        if isStrict { problem.headers[.preferenceApplied] = "handling=strict" }
        return .failure(problem)
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
