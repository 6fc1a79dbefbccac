import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import Registry

/// The routes `/api/v1/notes` and `/api/v1/notes/{id}`: what happened on dates of a site.
struct NoteRoutes: Sendable {
    let control: AccessControl
    let reader: BodyReader

    private static let path = "/api/v1/notes"

    var routes: [Route] {
        [
            Route(PathTemplate(Self.path), [.get: list, .post: add]),
            Route(PathTemplate(Self.path + "/{id}"), [.delete: remove]),
        ]
    }

    @Sendable private func list(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let name = try SiteName(query: request)
        let key = Sender(request, scope, query: EventFields()).key
        let site = try await control.access { (rules) throws(AccessRules.Refusal) in
            try rules.listing(name, key: key)
        }.site
        let (first, last) = (try date("from", request), try date("to", request))
        let notes = try await control.registry.notes(of: site.name, from: first, to: last)
        return Response(json: .object(["site": .text(site.name.text), "notes": .array(notes.map(\.json))]))
    }

    /// The parameter with a date; nil if it is missing.
    private func date(_ name: String, _ request: Request) throws -> String? {
        guard let value = request.uri.queryParameters[name[...]].map(String.init) else { return nil }
        guard Note.isDate(value) else { throw Problem(.badRequest, Note.Invalid.date.reason, field: name) }
        return value
    }

    @Sendable private func add(_ request: Request, _ scope: RequestScope) async throws -> Response {
        var access = try await control.managing(request, scope, try SiteName(query: request))
        let document = try NoteDocument(try await reader.document(of: request))
        if let site = document.site { access = try await control.managing(request, scope, site) }
        do {
            let note = try await control.registry.addNote(document.date, document.text, to: access.site.name)
            return Response(status: .created, json: note.json)
        } catch RegistryFailure.refused(let reason) {
            throw Problem(.conflict, reason)
        }
    }

    @Sendable private func remove(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let access = try await control.managing(request, scope, try SiteName(query: request))
        let unknown = Problem(.notFound, "the site has no such note")
        guard let id = scope.pathParameters["id"]?.number.flatMap(Int32.init(exactly:)) else { throw unknown }
        do {
            try await control.registry.removeNote(NoteID(rawValue: id), of: access.site.name)
        } catch RegistryFailure.refused {
            throw unknown
        }
        return Response(status: .noContent)
    }
}
