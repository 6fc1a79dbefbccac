import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry
import Web

/// The pages of links that work once: `/setup`, `/invite/{token}` and `/reset/{token}`.
struct LinkPages: Sendable {
    let logins: LoginReader
    let writer: PageWriter
    let zones: ZoneList

    private var accounts: Accounts { logins.accounts }
    private var links: Links { writer.frame.links }

    var routes: [PageRoute] {
        [
            PageRoute("/setup", .nothing, get: showSetup, post: setUp),
            PageRoute("/invite/{token}", .nothing, get: showInvitation, post: accept),
            PageRoute("/reset/{token}", .nothing, get: showReset, post: reset),
        ]
    }

    // MARK: Setup

    @Sendable private func showSetup(_ page: PageRequest) async throws -> Response {
        guard try await link(page.query["token"], .setup) != nil else { return over(page) }
        let form = SetupPage(token: page.query["token"], zones: try await zones.names())
        return writer.response(form, for: page.login?.account, to: page.request)
    }

    @Sendable private func setUp(_ page: PageRequest) async throws -> Response {
        guard let (token, _) = try await link(page.form["token"], .setup) else { return over(page) }
        let input = AccountInput(page.form)
        let site = SiteInput(page.form, name: "site")
        var errors = input.errors.merging(site.errors) { first, _ in first }
        if errors.isEmpty, let new = input.account, let name = site.name {
            do {
                try await accounts.add(new, by: token, .setup, address: page.client.address)
                try await add(name, site, new, page)
                return try await enter(new, page, links.settings(name, .snippet))
            } catch RegistryFailure.refused(let reason) {
                errors["name"] = reason
            }
        }
        let form = page.form.state(errors: errors)
        let again = SetupPage(token: token.text, zones: try await zones.names(), form: form)
        return writer.response(again, for: nil, to: page.request, status: .badRequest)
    }

    /// Adds the first site, unless it is there already.
    private func add(_ name: SiteName, _ site: SiteInput, _ new: NewAccount, _ page: PageRequest) async throws {
        let editor = accounts.editor(by: Author(account: new.name.text, address: page.client.address))
        do {
            _ = try await editor.addSite(
                name,
                hostnames: site.hostnames,
                zone: site.zone,
                settings: SiteSettings(),
                organisation: nil
            )
        } catch RegistryFailure.refused {
            // The account is made, and the site may have been added by a command before.
        }
    }

    // MARK: Invitations

    @Sendable private func showInvitation(_ page: PageRequest) async throws -> Response {
        guard let (token, link) = try await link(page.scope.pathParameters["token"] ?? "", .invitation) else {
            return over(page)
        }
        return writer.response(invitation(token, link, page), for: page.login?.account, to: page.request)
    }

    @Sendable private func accept(_ page: PageRequest) async throws -> Response {
        guard let (token, link) = try await link(page.scope.pathParameters["token"] ?? "", .invitation) else {
            return over(page)
        }
        if page.form["action"] == "join", let account = page.login?.account {
            try await accounts.join(by: token, account, by: page.author)
            return writer.redirect(to: links.sites, done: .joined)
        }
        let input = AccountInput(page.form)
        var errors = input.errors
        if let new = input.account, errors.isEmpty {
            do {
                try await accounts.add(new, by: token, .invitation, address: page.client.address)
                return try await enter(new, page, links.sites)
            } catch RegistryFailure.refused(let reason) {
                errors["name"] = reason
            }
        }
        let again = invitation(token, link, page, page.form.state(errors: errors))
        return writer.response(again, for: page.login?.account, to: page.request, status: .badRequest)
    }

    private func invitation(
        _ token: SecretText,
        _ link: AccountLink,
        _ page: PageRequest,
        _ form: FormState = FormState()
    ) -> InvitationPage {
        let title = link.title ?? ""
        return InvitationPage(
            token: token.text,
            organisation: title.isEmpty ? link.organisation ?? "" : title,
            role: link.role?.rawValue ?? "",
            account: page.login?.account.name,
            form: form
        )
    }

    // MARK: Another password

    @Sendable private func showReset(_ page: PageRequest) async throws -> Response {
        guard let (token, link) = try await link(page.scope.pathParameters["token"] ?? "", .reset) else {
            return over(page)
        }
        return writer.response(ResetPage(token: token.text, account: link.account ?? ""), for: nil, to: page.request)
    }

    @Sendable private func reset(_ page: PageRequest) async throws -> Response {
        guard let (token, link) = try await link(page.scope.pathParameters["token"] ?? "", .reset) else {
            return over(page)
        }
        let (account, password) = (link.account ?? "", page.form.secret("password"))
        if let fault = PasswordRule.fault(of: password, name: account) {
            let form = ResetPage(token: token.text, account: account, form: FormState(errors: ["password": fault]))
            return writer.response(form, for: nil, to: page.request, status: .badRequest)
        }
        try await accounts.setPassword(password, by: token, of: account, address: page.client.address)
        return writer.redirect(to: links.login(), done: .password, cookie: logins.cookie.removal)
    }

    // MARK: All

    /// A link that has not been used, with its text.
    private func link(_ text: String, _ kind: AccountLink.Kind) async throws -> (SecretText, AccountLink)? {
        guard let text = SecretText(.link, parsing: text), let link = try await accounts.link(text), link.kind == kind
        else { return nil }
        return (text, link)
    }

    /// Logs in whoever has just made an account.
    private func enter(_ new: NewAccount, _ page: PageRequest, _ target: Link) async throws -> Response {
        let (secret, _) = try await accounts.logIn(new.name.text, password: new.password, page.client)
        return writer.redirect(to: target, cookie: logins.cookie.setting(secret))
    }

    private func over(_ page: PageRequest) -> Response {
        let text = "It was used before, is too old, or was not copied whole. Ask for another one."
        return writer.response(
            MessagePage("The link is over", text: text, action: ("Log in", links.login())),
            for: page.login?.account,
            to: page.request,
            status: .notFound
        )
    }
}
