import Analytics
import HTTP
import Registry

extension SiteListRoutes<GoalDocument> {
    /// The goals of a site.
    static func goals(_ control: AccessControl, _ reader: BodyReader) -> SiteListRoutes {
        let registry = control.registry
        return SiteListRoutes(
            control: control,
            reader: reader,
            name: "goals",
            list: { site, _ in site.goals.map(\.json) },
            add: { try await registry.add($0.goal, to: $1.site.name).json },
            remove: { try await registry.removeGoal(GoalID(rawValue: $0), of: $1.site.name) }
        )
    }
}
