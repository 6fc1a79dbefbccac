import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry

/// The routes `/api/v1/keys` and `/api/v1/keys/{id}`: the keys of a site, which accounts manage and keys do not.
struct KeyRoutes: Sendable {
    let control: AccessControl
    let reader: BodyReader

    static let path = "/api/v1/keys"

    var routes: [Route] {
        [
            Route(PathTemplate(Self.path), [.get: list, .post: add]),
            Route(PathTemplate(Self.path + "/{id}"), [.delete: revoke]),
        ]
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let admin = try await control.administering(request, scope, try SiteName(query: request))
        let keys = try await admin.editor.keys(of: admin.site.id)
        return Response(json: .object(["site": .text(admin.site.name.text), "keys": .array(keys.map(\.json))]))
    }

    @Sendable private func add(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let (admin, document): (_, KeyDocument) = try await control.adding(request, scope, reader)
        let key = KeyText.random(document.scope)
        do {
            let id = try await admin.editor.add(key, to: admin.site.name, label: document.label)
            return Response(
                status: .created,
                json: .object([
                    "id": .number(id), "scope": .text(document.scope.rawValue), "label": .text(document.label),
                    "key": .text(key.text),
                ])
            )
        } catch RegistryFailure.refused(let reason) {
            throw Problem(.conflict, reason)
        }
    }

    @Sendable private func revoke(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let admin = try await control.administering(request, scope, try SiteName(query: request))
        let keys = try await admin.editor.keys(of: admin.site.id)
        guard let id = scope.pathParameters["id"]?.number, keys.contains(where: { $0.id == id && $0.revoked == nil })
        else { throw Problem(.notFound, "the site has no such key") }
        try await admin.editor.revokeKey(id)
        return Response(status: .noContent)
    }
}
