import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry

extension SiteListRoutes<NoteDocument> {
    /// The notes on dates of a site.
    static func notes(_ control: AccessControl, _ reader: BodyReader) -> SiteListRoutes {
        let registry = control.registry
        return SiteListRoutes(
            control: control,
            reader: reader,
            name: "notes",
            list: { site, request in
                let (first, last) = (try date("from", request), try date("to", request))
                return try await registry.notes(of: site.name, from: first, to: last).map(\.json)
            },
            add: { try await registry.addNote($0.date, $0.text, to: $1.site.name).json },
            remove: { try await registry.removeNote(NoteID(rawValue: $0), of: $1.site.name) }
        )
    }

    /// The parameter with a date; nil if it is missing.
    private static func date(_ name: String, _ request: Request) throws -> String? {
        guard let value = request.uri.queryParameters[name[...]].map(String.init) else { return nil }
        guard Note.isDate(value) else { throw Problem(.badRequest, Note.Invalid.date.reason, field: name) }
        return value
    }
}
