import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import Registry

/// The route `/api/v1/whoami`: what the server takes a client for, and why.
struct WhoamiRoute: Sendable {
    let control: AccessControl

    var route: Route {
        let cors = CORSPolicy(origins: .any, headers: ["Authorization"])
        return Route("/api/v1/whoami", [.get: get], cors: cors)
    }

    @Sendable private func get(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let query = EventFields(form: (request.uri.query ?? "").utf8.span)
        let sender = Sender(request, scope, query: query)
        let client = scope.client(of: request)
        return Response(
            json: .object([
                "address": client.address.map { .text($0.text) },
                "address_from": .text(client.reason),
                "user_agent": sender.agent.isEmpty ? nil : .text(sender.agent),
                "origin": sender.origin.map(JSON.text),
                "signals": .array((sender.hasGPC ? ["Sec-GPC"] : []) + (sender.hasDNT ? ["DNT"] : [])),
                "key": try await key(sender),
            ])
        )
    }

    /// What is known about the key of a request; nil without one.
    private func key(_ sender: Sender) async throws -> JSON? {
        guard let text = sender.key else { return nil }
        let rules = try await control.rules()
        guard let key = KeyText(parsing: text).flatMap(rules.registry.key), let site = rules.registry[key.site] else {
            guard rules.isFresh else { throw RegistryFailure.stale }
            throw Rejection(.key, .unknownKey)
        }
        return .object([
            "id": .number(key.id), "scope": .text(key.scope.rawValue), "site": .text(site.name.text),
        ])
    }
}
