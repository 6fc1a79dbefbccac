import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import NIOCore
import Registry

/// The route of Crumby's beacon, `/<number>.gif`.
///
/// Crumby has one site per installation. Here the site is the one of the key in the query, else the one to whose hosts the
/// page belongs, and else the standard one.
struct CrumbyRoutes: Sendable {
    let events: EventRoutes

    var routes: [Route] { [Route("/{number}.gif", [.get: get], headers: Pixel.headers)] }

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        guard let number = scope.pathParameters["number"], number.utf8.allSatisfy({ (0x30...0x39).contains($0) }) else {
            return Self.notFound
        }
        let query = request.uri.query ?? ""
        guard request.method != .head else {
            // A broken name does not concern the status.
            if case .anonymous? = try? CrumbyBeacon(query.utf8.span) { return Self.notFound }
            return Pixel.response
        }
        let door = try await events.door(request, scope)
        return try await Pixel.answering(events.meters) {
            let beacon = try events.reading(door) { () throws(Rejection) in try CrumbyBeacon(query.utf8.span) }
            switch beacon {
            case .anonymous: return Self.notFound
            case .ignored: return Pixel.response
            case .hit(var input):
                input.site = site(of: input, request, door)
                return try await events.store(input, ofImage: request, door)
            }
        }
    }

    /// The name of the site of a hit; nil if its key names it.
    private func site(of input: HitInput, _ request: Request, _ door: HitDoor) -> SiteName? {
        guard input.key == nil, door.sender.key == nil else { return nil }
        let registry = door.rules.registry
        let host = (input.url ?? request.embeddingPage)?.host
        return (host.flatMap(registry.site(ofHost:)) ?? registry[Site.standard])?.name
    }

    /// Crumby's answer to whatever it does not know.
    private static var notFound: Response {
        Response(
            status: .notFound,
            headers: [.contentType: "text/plain; charset=utf-8"],
            body: ResponseBody(byteBuffer: ByteBuffer(string: "This page does not exist"))
        )
    }
}
