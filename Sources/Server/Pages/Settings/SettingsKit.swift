import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry
import Web

/// The parts that all pages of the settings of a site share.
struct SettingsKit: Sendable {
    let registry: SiteRegistry
    let accounts: Accounts
    let store: any EventStore
    let writer: PageWriter
    let zones: ZoneList
    let settings: ServerSettings

    /// The address of a page of the settings.
    func link(_ site: Site, _ section: SettingsSection) -> Link { writer.frame.links.settings(site.name, section) }

    /// The route of a page.
    ///
    /// - Parameters:
    ///   - section: The page.
    ///   - need: The role that it needs.
    ///   - get: Shows it.
    ///   - post: Takes its forms; nil without any.
    /// - Returns: The route.
    func route(
        _ section: SettingsSection,
        _ need: Role = .admin,
        get: @escaping PageRoute.Handler,
        post: PageRoute.Handler? = nil
    ) -> PageRoute {
        PageRoute("/s/{site}/settings/\(section.rawValue)", .site(need), get: get, post: post)
    }

    /// The answer with a page.
    func answer(_ shown: some Web.Page, _ page: PageRequest, status: HTTPResponse.Status = .ok) throws -> Response {
        writer.response(shown, for: try page.account, to: page.request, status: status)
    }

    /// The answer after a form.
    func done(_ done: PageDone, _ section: SettingsSection, _ page: PageRequest) throws -> Response {
        writer.redirect(to: link(try page.ownSite, section), done: done)
    }

    /// Changes settings of a site.
    ///
    /// - Parameters:
    ///   - texts: The settings, as `NAME=VALUE`.
    ///   - page: The request.
    /// - Returns: The reason that they are refused, with the name of the setting; nil after the change.
    /// - Throws: A `RegistryFailure`
    func set(_ texts: [(name: String, value: String)], _ page: PageRequest) async throws -> FormState? {
        for text in texts {
            do throws(SiteSettingChanges.Invalid) {
                _ = try SiteSettingChanges(["\(text.name)=\(text.value)"])
            } catch {
                return page.form.state(errors: [text.name: error.description])
            }
        }
        let changes = try SiteSettingChanges(texts.map { "\($0.name)=\($0.value)" })
        do {
            let editor = accounts.editor(by: page.author)
            try await editor.setSite(try page.ownSite.name, hostnames: nil, zone: nil, changes: changes.json)
            return nil
        } catch RegistryFailure.refused(let reason) {
            return page.form.state(problem: reason)
        }
    }

    /// The reason that a label is refused; nil for one that is taken.
    static func faultOfLabel(_ label: String) -> String? {
        label.count > KeyDocument.longestLabel ? "up to \(KeyDocument.longestLabel) characters" : nil
    }

    /// The refusal of a form that no page has.
    static let unknownForm = Problem(.badRequest, "there is no such form", field: "action")
}
