import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import NIOCore
import Registry

/// The route `/pixel.gif`, an image that is a hit, for pages without scripts and for mails.
///
/// The fields are in the query, as in a form. Without `url` the page is the one that embeds the image.
struct PixelRoute: Sendable {
    let events: EventRoutes

    var route: Route { Route("/pixel.gif", [.get: get], headers: Pixel.headers) }

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        // Whoever sends HEAD has not seen the image.
        guard request.method != .head else { return Pixel.response }
        return try await Pixel.answering(events.meters) {
            let door = try await events.door(request, scope)
            let input = try events.reading(door) { () throws(Rejection) in
                try HitInput(form: (request.uri.query ?? "").utf8.span)
            }
            return try await events.store(input, ofImage: request, door)
        }
    }
}

extension EventRoutes {
    /// Stores the hit of an image, and answers with the image.
    ///
    /// - Parameters:
    ///   - input: The description of the hit, from the query.
    ///   - request: The request, which names the page that embeds the image.
    ///   - door: The door.
    /// - Returns: The image.
    /// - Throws: A `Rejection`, a `RegistryFailure`, `Batcher.Refusal` or `WriteError`.
    func store(_ input: HitInput, ofImage request: Request, _ door: HitDoor) async throws -> Response {
        // A query stands in logs and in the history of browsers.
        if let key = input.key.flatMap(KeyText.init(parsing:)), key.scope != .write {
            let site = door.rules.registry.key(key)?.site ?? RefusedHit.unknownSite
            throw note(.rejection(Rejection(.key, .wrongScope), site: site), input, door)
        }
        _ = try await store(input, door, nil, from: request.embeddingPage)
        return Pixel.response
    }
}

extension Request {
    /// The page that embeds what is asked for, as far as the browser tells it.
    var embeddingPage: PageURL? { headers[.referer].flatMap(PageURL.init(parsing:)) }
}
