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
    let add: @Sendable (Document, SiteName) async throws -> JSON
    /// Removes an element of a site.
    let remove: @Sendable (Int32, SiteName) async throws -> Void

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
            try rules.listing(site, asker)
        }
        let elements = try await list(access.site, request)
        return Response(json: .object(["site": .text(access.site.name.text), name: .array(elements)]))
    }

    @Sendable private func add(_ request: Request, _ scope: RequestScope) async throws -> Response {
        var access = try await control.managing(request, try SiteName(query: request), as: .member)
        let document = try Document(SiteDocumentMembers(try await reader.document(of: request), Document.self))
        if let site = document.site { access = try await control.managing(request, site, as: .member) }
        do {
            return Response(status: .created, json: try await add(document, access.site.name))
        } catch RegistryFailure.refused(let reason) {
            throw Problem(.conflict, reason)
        }
    }

    @Sendable private func remove(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let access = try await control.managing(request, try SiteName(query: request), as: .member)
        let unknown = Problem(.notFound, "the site has no such \(Document.noun)")
        guard let id = scope.pathParameters["id"]?.number.flatMap(Int32.init(exactly:)) else { throw unknown }
        do {
            try await remove(id, access.site.name)
        } catch RegistryFailure.refused {
            throw unknown
        }
        return Response(status: .noContent)
    }
}
