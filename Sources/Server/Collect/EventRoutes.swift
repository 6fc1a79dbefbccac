import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import NIOCore
import Registry

/// The routes `/api/v1/events` and `/api/v1/identify`, which take hits and the identities of users.
struct EventRoutes: Sendable {
    let settings: ServerSettings
    let meters: Meters
    let batcher: Batcher
    let store: any EventStore
    let control: AccessControl
    let reader: BodyReader
    let enricher: Enricher
    let limit: SenderLimit
    /// The answer to `GET`.
    let list: Route.Handler

    var routes: [Route] {
        let cors = CORSPolicy(
            origins: .any,
            headers: ["Content-Type", "Authorization", "Idempotency-Key", "Prefer"],
            exposed: ["Analytics-Rejected"]
        )
        let events = [RoutePath.events] + (settings.collectPath == .events ? [] : [settings.collectPath])
        return events.flatMap { path in
            let identities = path.beside("identify")
            return [
                Route(
                    PathTemplate(path.text),
                    path == .events ? [.get: list, .post: post] : [.post: post],
                    bodies: .events(batcher),
                    cors: cors
                ),
                Route(PathTemplate(identities.text), [.post: identify], bodies: .events(batcher), cors: cors),
            ]
        }
    }

    static let form = "application/x-www-form-urlencoded"
    /// The hits of a body after which other requests get their turn: with new agents some 5 ms, at worst 60.
    private static let hitsInARow = 32

    var refuser: Refuser { Refuser(meters: meters) }
    var committer: Committer { Committer(batcher: batcher, meters: meters) }

    /// The door for the hits of a request.
    func door(_ request: Request, _ scope: RequestScope) async throws -> HitDoor {
        let query = EventFields(form: (request.uri.query ?? "").utf8.span)
        let now = Timestamp.now
        return HitDoor(
            rules: try await control.rules(),
            registry: control.registry,
            enricher: enricher,
            limit: limit,
            sender: Sender(request, scope, query: query),
            times: settings.acceptedTimes.range(at: now, keptSince: store.keptSince),
            now: now
        )
    }

    /// Reads a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - scope: The scope of the request.
    ///   - share: The memory of its body, held until its contents are stored.
    /// - Returns: The key of the request, the door for its hits, and the body without a byte order mark.
    /// - Throws: A `Rejection`, a `RegistryFailure` or a `Problem`.
    func receive(
        _ request: Request,
        _ scope: RequestScope,
        _ share: inout BodyBudget.Share
    ) async throws -> (RequestKey?, HitDoor, ByteBuffer) {
        var use = try RequestKey(request)
        let door = try await door(request, scope)
        var body = try await reader.body(of: request, &share)
        use?.fingerprint.add(body: body)
        body.skipMark()
        return (use, door, body)
    }

    @Sendable private func post(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let isStrict = settings.isStrict || request.headers.preferStrict
        return try await refuser.answering(isStrict) {
            // Held until the hits are stored.
            var share = reader.budget.share()
            let (use, door, body) = try await receive(request, scope, &share)
            guard let format = try Bulk.Format(of: request, body) else {
                return try await store(try input(request, body, door), door, use)
            }
            // The hits would be refused, and parsing them would take time from the accepted requests.
            if batcher.isFull { throw Batcher.Refusal.full }
            let read = try HitBulk(body.readableBytesUInt8Span, format: format, limit: settings.maximumEvents)
            share.change(to: read.bytesOfHits)
            meters.noteTrimmed(read.trimmed)
            return try await store(read.rows, door, isStrict: isStrict, use)
        }
    }

    /// Reads one hit.
    ///
    /// curl sends any body as a form if no type is given; no form begins with a brace.
    func input(_ request: Request, _ body: ByteBuffer, _ door: HitDoor) throws(Rejection) -> HitInput {
        let bytes = body.readableBytesUInt8Span
        let isForm = request.headers.mediaType == Self.form && bytes.firstNonBlank != UInt8(ascii: "{")
        return try reading(door) { () throws(Rejection) in
            try isForm ? HitInput(form: bytes) : HitInput(json: bytes)
        }
    }

    /// Reads a hit, and notes the refusal of one that cannot be read.
    func reading<Input>(_ door: HitDoor, _ read: () throws(Rejection) -> Input) throws(Rejection) -> Input {
        do throws(Rejection) {
            return try read()
        } catch {
            note([error: 1], door)
            throw error
        }
    }

    /// Stores one hit.
    ///
    /// - Parameters:
    ///   - input: The description of the hit.
    ///   - door: The door.
    ///   - use: The key of the request.
    ///   - page: The page that a browser names beside the hit.
    ///   - answer: The body of the answer; empty for 204.
    /// - Returns: The answer, or the first one to the same request.
    /// - Throws: A `Rejection`, a `RegistryFailure`, a `Problem`, `Batcher.Refusal` or `WriteError`.
    func store(
        _ input: HitInput,
        _ door: HitDoor,
        _ use: RequestKey?,
        from page: PageURL? = nil,
        answer: String = ""
    ) async throws -> Response {
        meters.noteTrimmed(input.trimmed.reduce(into: [:]) { $0[$1] = 1 })
        let hit: Hit
        do throws(HitDoor.Refusal) {
            hit = try door.hit(input, from: page)
        } catch {
            throw note(error, input, door)
        }
        return try await committer.commit(Batch.Entry(hits: [hit]), of: hit.site, answer: answer, use)
    }

    /// Stores the valid hits of a body, and reports each invalid one by its line.
    private func store(
        _ read: NumberedRows<HitInput>,
        _ door: HitDoor,
        isStrict: Bool,
        _ use: RequestKey?
    ) async throws -> Response {
        note(read.rejections, door)
        let hits = try await judged(read, door)
        return try await committer.commit(hits, isStrict: isStrict, use) { Batch.Entry(hits: $0) }
    }

    /// Lets the lines of a body through the door.
    ///
    /// - Throws: `RegistryFailure.stale` if one of them cannot be judged now.
    private func judged(_ read: NumberedRows<HitInput>, _ door: HitDoor) async throws -> NumberedRows<Hit> {
        var isStale = false
        let hits = await read.map(yieldingEvery: Self.hitsInARow) { (input) throws(Rejection) in
            do throws(HitDoor.Refusal) {
                return try door.hit(input)
            } catch {
                guard case .rejection(let rejection, let site) = error else {
                    isStale = true
                    throw Rejection(.key, .unknownKey)
                }
                note(rejection, of: site, input, door)
                throw rejection
            }
        }
        if isStale { throw RegistryFailure.stale }
        return hits
    }
}

extension Bulk.Format {
    /// The format of a body of many hits; nil for one alone.
    ///
    /// - Throws: A `Rejection` of the media type.
    fileprivate init?(of request: Request, _ body: ByteBuffer) throws(Rejection) {
        switch request.headers.mediaType {
        case nil, "application/json", "text/plain", EventRoutes.form:
            guard body.readableBytesUInt8Span.firstNonBlank == UInt8(ascii: "[") else { return nil }
            self = .jsonArray
        case let type?:
            guard let format = Bulk.Format(mediaType: type) else { throw Rejection(.contentType, .unsupported) }
            self = format
        }
    }
}
