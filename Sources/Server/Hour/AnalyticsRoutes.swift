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
        guard let site = try await site(named: asked.site) else {
            throw Problem(.notFound, Rejection.Reason.unknownSite.rawValue, field: Rejection.Field.site.rawValue)
        }
        let report = try await store.hour(of: site, endingAt: asked.at.timestamp)
        let wantsJSON = asked.format == "json" || (asked.format == nil && request.headers.prefersJSON)
        return wantsJSON ? Response(json: report.json(at: asked.at)) : Response(csv: report.csv)
    }

    /// The site of a name, or the standard one without a name; nil if there is none of this name.
    private func site(named name: SiteName?) async throws -> SiteID? {
        guard let name else { return Site.standard }
        return try await store.site(named: name)
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
            let query = (request.uri.query ?? "").utf8.span
            let fields = EventFields(form: query)
            guard let site = try await site(named: SiteName(fields, in: query)) else {
                throw Rejection(.site, .unknownSite)
            }
            // Held until the events are stored.
            var share = budget.share()
            switch try await input(request, fields, site, &share, &use) {
            case .one(let event):
                return try await commit([event], of: site, answer: "", use)
            case .many(let bulk):
                share.change(to: bulk.events.count * Bulk.bytesOfEvent)
                return try await commit(bulk, of: site, isStrict: isStrict, use)
            }
        } catch let rejection as Rejection {
            return try refuse(rejection, isStrict: isStrict).get().response
        } catch WriteError.refused(_, let rejection) {
            return try refuse(rejection, isStrict: isStrict).get().response
        }
    }

    /// Commits the valid events of a body, and reports each invalid one by its line.
    private func commit(_ bulk: Bulk, of site: SiteID, isStrict: Bool, _ use: RequestKey?) async throws -> Response {
        meters.noteRejections(bulk.rejections)
        var bulk = bulk
        while true {
            do {
                return try await commitAll(bulk, of: site, isStrict: isStrict, use)
            } catch WriteError.refused(let rows, let rejection) {
                let before = bulk.rejected
                bulk.reject(rows: rows, rejection)
                meters.noteRejections([rejection: bulk.rejected - before])
            }
        }
    }

    private func commitAll(
        _ bulk: Bulk,
        of site: SiteID,
        isStrict: Bool,
        _ use: RequestKey?
    ) async throws -> Response {
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
        return try await commit(bulk.events, of: site, answer: text, use)
    }

    /// Commits events; the answer is 2xx only after the commit.
    private func commit(_ events: [Event], of site: SiteID, answer: String, _ use: RequestKey?) async throws -> Response
    {
        let request = use.map {
            KeyedRequest(site: site, key: $0.key, fingerprint: $0.fingerprint.fingerprint, response: answer)
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
