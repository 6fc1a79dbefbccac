import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry

/// The routes `/api/v1/shares` and `/api/v1/shares/{id}`: the share links of a site, which accounts manage.
struct ShareRoutes: Sendable {
    let control: AccessControl
    let reader: BodyReader

    static let path = "/api/v1/shares"

    private var accounts: Accounts { control.logins.accounts }

    var routes: [Route] {
        [
            Route(PathTemplate(Self.path), [.get: list, .post: add]),
            Route(PathTemplate(Self.path + "/{id}"), [.patch: change, .delete: revoke]),
        ]
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let admin = try await control.administering(request, scope, try SiteName(query: request))
        let shares = try await admin.editor.shares(of: admin.site.id)
        return Response(json: .object(["site": .text(admin.site.name.text), "shares": .array(shares.map(\.json))]))
    }

    @Sendable private func add(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let (admin, document): (_, ShareDocument) = try await control.adding(request, scope, reader)
        let share = ShareText.random()
        return try await changing {
            let id = try await admin.editor.add(
                share,
                to: admin.site.name,
                label: document.label,
                filters: document.filters.json,
                password: try await accounts.sharePassword(document.password)
            )
            return Response(
                status: .created,
                json: .object([
                    "id": .number(id), "label": .text(document.label), "filters": .raw(document.filters.json),
                    "has_password": .bool(document.password != nil), "share": .text(share.text),
                ])
            )
        }
    }

    @Sendable private func change(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let admin = try await control.administering(request, scope, try SiteName(query: request))
        let share = try await ownShare(scope, admin)
        let document = try SharePasswordDocument(try await reader.document(of: request))
        return try await changing {
            let password = try await accounts.sharePassword(document.password)
            try await admin.editor.setPassword(password, ofShare: share.id)
            return Response(json: try await ownShare(scope, admin).json)
        }
    }

    @Sendable private func revoke(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let admin = try await control.administering(request, scope, try SiteName(query: request))
        try await admin.editor.revokeShare(try await ownShare(scope, admin).id)
        return Response(status: .noContent)
    }

    /// The link that the path names, if it is one of the site and not revoked.
    private func ownShare(_ scope: RequestScope, _ admin: Administration) async throws -> ListedShare {
        let shares = try await admin.editor.shares(of: admin.site.id)
        guard let id = scope.pathParameters["id"]?.number,
            let share = shares.first(where: { $0.id == id && $0.revoked == nil })
        else { throw Problem(.notFound, "the site has no such share link") }
        return share
    }

    /// Makes a change.
    ///
    /// - Throws: A `Problem` with the reason that it is not made.
    private func changing(_ change: () async throws -> Response) async throws -> Response {
        do {
            return try await change()
        } catch RegistryFailure.refused(let reason) {
            throw Problem(.conflict, reason)
        } catch AccountFailure.busy {
            throw Problem.unavailable("too many passwords are being hashed")
        }
    }
}
