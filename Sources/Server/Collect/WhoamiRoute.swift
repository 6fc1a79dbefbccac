import Analytics
import GeoIP
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import Registry

/// The route `/api/v1/whoami`: what the server takes a client for, what a hit of it would become, and why.
///
/// The fields of the hit are in the query, as in that of a form. Nothing is stored.
struct WhoamiRoute: Sendable {
    let events: EventRoutes

    var route: Route {
        let cors = CORSPolicy(origins: .any, headers: ["Authorization"])
        return Route("/api/v1/whoami", [.get: get], cors: cors)
    }

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let client = scope.client(of: request)
        let door = try await events.door(request, scope)
        let sender = door.sender
        return Response(
            json: .object([
                "address": client.address.map { .text($0.text) },
                "address_from": .text(client.reason),
                "user_agent": sender.agent.isEmpty ? nil : .text(sender.agent),
                "origin": sender.origin.map(JSON.text),
                "signals": .array((sender.hasGPC ? ["Sec-GPC"] : []) + (sender.hasDNT ? ["DNT"] : [])),
                "key": try key(door),
                "hit": try hit(door, query: request.uri.query ?? ""),
                "attribution": attribution,
            ])
        )
    }

    /// What a hit would become.
    private func hit(_ door: HitDoor, query: String) throws(Rejection) -> JSON {
        let input = try HitInput(form: query.utf8.span)
        let (access, refusal) = access(door, input)
        let enrichment = access.map { door.enrichment(input, $0) }
        return .object([
            "refused": refusal.map { .text($0.description) },
            "client": enrichment?.clientJSON,
            "origin": enrichment?.originJSON,
        ])
    }

    /// The permission of a hit; that of everybody on the standard site if it is refused, since most details are the same
    /// on all sites.
    private func access(_ door: HitDoor, _ input: HitInput) -> (Access?, Rejection?) {
        do throws(HitDoor.Refusal) {
            return (try door.access(input), nil)
        } catch {
            let standard = door.rules.registry[Site.standard].map { Access(site: $0, key: nil) }
            guard case .rejection(let rejection, _) = error else { return (standard, nil) }
            return (standard, rejection)
        }
    }

    /// The text that the licence of the GeoIP database asks for; nil if it asks for none.
    private var attribution: JSON? {
        events.enricher.places?.state.metadata?.attribution.map { attribution in
            .object(["text": .text(attribution.text), "url": .text(attribution.url)])
        }
    }

    /// What is known about the key of a request; nil without one.
    private func key(_ door: HitDoor) throws -> JSON? {
        guard let text = door.sender.key else { return nil }
        let rules = door.rules
        guard let key = KeyText(parsing: text).flatMap(rules.registry.key), let site = rules.registry[key.site] else {
            guard rules.isFresh else { throw RegistryFailure.stale }
            throw Rejection(.key, .unknownKey)
        }
        return .object([
            "id": .number(key.id), "scope": .text(key.scope.rawValue), "site": .text(site.name.text),
        ])
    }
}
