import Analytics
import HTTP
import Hummingbird
import Registry
import Web

/// The page to hand over, to empty and to remove a site.
struct DangerPages: Sendable {
    let kit: SettingsKit

    var routes: [PageRoute] { [kit.route(.danger, .owner, get: { try await show($0) }, post: change)] }

    private func show(
        _ page: PageRequest,
        moving: FormState = FormState(),
        resetting: FormState = FormState(),
        deleting: FormState = FormState()
    ) async throws -> Response {
        let shown = DangerPage(
            try page.ownSite,
            organisations: try await organisations(of: try page.account),
            moving: moving,
            resetting: resetting,
            deleting: deleting
        )
        let isRefused = [moving, resetting, deleting].contains { $0 != FormState() }
        return try kit.answer(shown, page, status: isRefused ? .badRequest : .ok)
    }

    /// The organisations that an account may give a site to.
    private func organisations(of account: Account) async throws -> [String] {
        guard !account.isOperator else { return try await kit.accounts.organisations().map(\.name) }
        return account.roles.filter { $0.value == .owner }.keys.sorted()
    }

    @Sendable private func change(_ page: PageRequest) async throws -> Response {
        let site = try page.ownSite
        let editor = kit.accounts.editor(by: page.author)
        let links = kit.writer.frame.links
        let isConfirmed = page.form["confirm"] == site.name.text
        let wrong = page.form.state(errors: ["confirm": "This is not the name of the site."])
        switch page.form["action"] {
        case "move":
            let organisation = page.form["organisation"]
            guard try page.account.may(.owner, in: organisation) else { throw PageFailure.forbidden("owner") }
            do { try await editor.moveSite(site.name, to: organisation) } catch RegistryFailure.refused(let reason) {
                return try await show(page, moving: page.form.state(errors: ["organisation": reason]))
            }
            return kit.writer.redirect(to: links.settings(site.name), done: .moved)
        case "reset":
            guard isConfirmed else { return try await show(page, resetting: wrong) }
            do { _ = try await editor.resetSite(site.name) } catch RegistryFailure.refused(let reason) {
                return try await show(page, resetting: page.form.state(problem: reason))
            }
            return try kit.done(.reset, .danger, page)
        case "delete":
            guard isConfirmed else { return try await show(page, deleting: wrong) }
            do { _ = try await editor.removeSite(site.name) } catch RegistryFailure.refused(let reason) {
                return try await show(page, deleting: page.form.state(problem: reason))
            }
            return kit.writer.redirect(to: links.sites, done: .deleted)
        default: throw SettingsKit.unknownForm
        }
    }
}
