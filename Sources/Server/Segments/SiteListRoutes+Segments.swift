import Analytics
import HTTP
import Registry

extension SiteListRoutes<SegmentDocument> {
    /// The saved filters of a site.
    static func segments(_ control: AccessControl, _ reader: BodyReader) -> SiteListRoutes {
        let registry = control.registry
        return SiteListRoutes(
            control: control,
            reader: reader,
            name: "segments",
            list: { site, _ in site.segments.map(\.json) },
            add: { try await registry.addSegment($0.name, filters: $0.filters.json, to: $1).json },
            remove: { try await registry.removeSegment(SegmentID(rawValue: $0), of: $1) }
        )
    }
}
