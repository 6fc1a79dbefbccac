import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry

/// The route `/api/v1/site`: a site with its settings, which admins read and change.
struct SiteSettingsRoute: Sendable {
    let control: AccessControl
    let reader: BodyReader

    var route: Route { Route("/api/v1/site", [.get: show, .patch: change]) }

    @Sendable private func show(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let admin = try await control.administering(request, scope, try SiteName(query: request))
        return Response(json: admin.site.json)
    }

    @Sendable private func change(_ request: Request, _ scope: RequestScope) async throws -> Response {
        let admin = try await control.administering(request, scope, try SiteName(query: request))
        let changes = try SiteChanges(try await reader.document(of: request))
        do {
            try await admin.editor.setSite(
                admin.site.name,
                hostnames: changes.hostnames,
                zone: changes.zone,
                changes: changes.settings
            )
            return Response(json: try await admin.editor.site(admin.site.name).json)
        } catch RegistryFailure.refused(let reason) {
            throw Problem(.badRequest, reason, field: changes.zone == nil ? "settings" : "timezone")
        }
    }
}
