import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import Registry

/// The routes `/api/v1/segments` and `/api/v1/segments/{id}`: the saved filters of a site.
struct SegmentRoutes: Sendable {
    let control: AccessControl
    let reader: BodyReader

    private static let path = "/api/v1/segments"

    var routes: [Route] {
        [
            Route(PathTemplate(Self.path), [.get: list, .post: add]),
            Route(PathTemplate(Self.path + "/{id}"), [.delete: remove]),
        ]
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let name = try SiteName(query: request)
        let key = Sender(request, scope, query: EventFields()).key
        let access = try await control.access { (rules) throws(AccessRules.Refusal) in
            try rules.listing(name, key: key)
        }
        let segments = access.site.segments.map(\.json)
        return Response(json: .object(["site": .text(access.site.name.text), "segments": .array(segments)]))
    }

    @Sendable private func add(_ request: Request, _ scope: RequestScope) async throws -> Response {
        var access = try await control.managing(request, scope, try SiteName(query: request))
        let document = try SegmentDocument(try await reader.document(of: request))
        if let site = document.site { access = try await control.managing(request, scope, site) }
        do {
            let segment = try await control.registry.addSegment(
                document.name,
                filters: document.filters.json,
                to: access.site.name
            )
            return Response(status: .created, json: segment.json)
        } catch RegistryFailure.refused(let reason) {
            throw Problem(.conflict, reason)
        }
    }

    @Sendable private func remove(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let access = try await control.managing(request, scope, try SiteName(query: request))
        let unknown = Problem(.notFound, "the site has no such segment")
        guard let id = scope.pathParameters["id"]?.number.flatMap(Int32.init(exactly:)) else { throw unknown }
        do {
            try await control.registry.removeSegment(SegmentID(rawValue: id), of: access.site.name)
        } catch RegistryFailure.refused {
            throw unknown
        }
        return Response(status: .noContent)
    }
}
