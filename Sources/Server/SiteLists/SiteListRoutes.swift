import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry

/// The routes `/api/v1/{lists}` and `/api/v1/{lists}/{id}`: a list that a site has, such as its goals.
struct SiteListRoutes<Document: SiteDocument>: Sendable {
    let control: AccessControl
    let reader: BodyReader
    /// The name of the list, as in `/api/v1/goals`.
    let name: String
    /// The elements of a site that a request asks for.
    let list: @Sendable (Site, Request) async throws -> [JSON]
    /// Adds an element to a site, and returns it.
    let add: @Sendable (Document, Access) async throws -> JSON
    /// The role that an account needs to remove an element of a site.
    var remover: @Sendable (Int32, Site) -> Role = { _, _ in .member }
    /// Removes an element of a site.
    let remove: @Sendable (Int32, Access) async throws -> Void

    var routes: [Route] {
        let path = "/api/v1/\(name)"
        return [
            Route(PathTemplate(path), [.get: list, .post: add]),
            Route(PathTemplate(path + "/{id}"), [.delete: remove]),
        ]
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let site = try SiteName(query: request)
        let asker = try await control.asker(of: request)
        let access = try await control.access { (rules) throws(AccessRules.Refusal) in
            try rules.listing(site, asker, as: .viewer)
        }
        let elements = try await list(access.site, request)
        return Response(json: .object(["site": .text(access.site.name.text), name: .array(elements)]))
    }

    @Sendable private func add(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let named = try SiteName(query: request)
        // Nobody's body is read who may add nothing.
        var access = try await control.managing(request, named, as: .viewer)
        let document = try Document(SiteDocumentMembers(try await reader.document(of: request), Document.self))
        access = try await control.managing(request, document.site ?? named, as: document.role)
        do {
            return Response(status: .created, json: try await add(document, access))
        } catch RegistryFailure.refused(let reason) {
            throw Problem(.conflict, reason)
        }
    }

    @Sendable private func remove(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let site = try SiteName(query: request)
        var access = try await control.managing(request, site, as: .viewer)
        let unknown = Problem(.notFound, "the site has no such \(Document.noun)")
        guard let id = scope.pathParameters["id"]?.number.flatMap(Int32.init(exactly:)) else { throw unknown }
        access = try await control.managing(request, site, as: remover(id, access.site))
        do {
            try await remove(id, access)
        } catch RegistryFailure.refused {
            throw unknown
        }
        return Response(status: .noContent)
    }
}
