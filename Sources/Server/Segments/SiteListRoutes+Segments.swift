import Analytics
import HTTP
import HTTPTypes
import Registry

extension SiteListRoutes<SegmentDocument> {
    /// The saved filters of a site: those of everybody, and those of the account that asks.
    static func segments(_ control: AccessControl, _ reader: BodyReader) -> SiteListRoutes {
        let registry = control.registry
        return SiteListRoutes(
            control: control,
            reader: reader,
            name: "segments",
            list: { site, _ in site.segments.map(\.json) },
            add: { document, access in
                let owner = document.isPersonal ? access.account : nil
                if document.isPersonal, owner == nil {
                    throw Problem(.badRequest, "a personal segment needs a login", field: "type")
                }
                let (name, filters) = (document.name, document.filters.json)
                return try await registry.addSegment(name, filters: filters, to: access.site.name, owner: owner?.id)
                    .json
            },
            remover: { id, site in site.segments.first { $0.id.rawValue == id }?.owner == nil ? .member : .viewer },
            remove: { id, access in
                let owner = access.site.segments.first { $0.id.rawValue == id }?.owner
                try await registry.removeSegment(SegmentID(rawValue: id), of: access.site.name, owner: owner)
            }
        )
    }
}
