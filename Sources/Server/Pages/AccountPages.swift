import Agents
import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry
import Web

/// The page of the own account, `/account`.
struct AccountPages: Sendable {
    let logins: LoginReader
    let writer: PageWriter
    let agents: AgentParser

    private var accounts: Accounts { logins.accounts }
    private var links: Links { writer.frame.links }

    var routes: [PageRoute] { [PageRoute("/account", .account, get: { try await show($0) }, post: change)] }

    private func show(
        _ page: PageRequest,
        _ forms: AccountPage.Forms = AccountPage.Forms(),
        offering factor: OneTimeCode? = nil,
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let (account, own) = (try page.account, try page.ownLogin)
        let rows = try await accounts.logins(of: account).map { login in
            LoginRow(
                id: login.id,
                device: device(login.agent),
                address: login.address,
                created: login.created,
                seen: login.used,
                isCurrent: login.id == own.id
            )
        }
        let shown = AccountPage(
            name: account.name,
            displayName: account.displayName,
            email: account.email,
            factor: account.hasSecondFactor ? .on : factor.map { offer($0, account) } ?? .off,
            logins: rows,
            theme: Frame.Theme(rawValue: account.settings.theme.rawValue) ?? .system,
            hasShortcuts: account.settings.hasShortcuts,
            forms: forms
        )
        return writer.response(shown, for: account, to: page.request, status: status)
    }

    /// The name of a browser for people, such as `Firefox on Linux`.
    private func device(_ agent: String) -> String {
        let facts = agents.facts(of: AgentRequest(agent: agent))
        let names = [facts.browser, facts.os].compactMap(\.self)
        if !names.isEmpty { return names.joined(separator: " on ") }
        return agent.isEmpty ? "unknown" : String(agent.prefix(60))
    }

    private func offer(_ factor: OneTimeCode, _ account: Account) -> SecondFactor {
        let label = "Hourglass:\(account.name)".percentEncoded
        let address = "otpauth://totp/\(label)?secret=\(factor.base32)&issuer=Hourglass"
        return .offered(secret: factor.base32, address: address)
    }

    @Sendable private func change(_ page: PageRequest) async throws -> Response {
        switch page.form["action"] {
        case "profile": try await changeProfile(page)
        case "password": try await changePassword(page)
        case "offer": try await show(page, offering: .random())
        case "confirm": try await confirm(page)
        case "disable": try await disable(page)
        case "end": try await end(page)
        case "end_others": try await end(page)
        case "appearance": try await changeAppearance(page)
        default: throw Problem(.badRequest, "there is no such form", field: "action")
        }
    }

    private func changeProfile(_ page: PageRequest) async throws -> Response {
        let (email, name) = (page.form["email"], page.form["display_name"])
        var errors: [String: String] = [:]
        errors["email"] = NewAccount.fault(ofEmail: email)
        errors["display_name"] = NewAccount.fault(ofDisplayName: name)
        if errors.isEmpty {
            do {
                try await accounts.change(try page.account, email: email, displayName: name, by: page.author)
                return writer.redirect(to: links.account, done: .saved)
            } catch RegistryFailure.refused(let reason) {
                errors["email"] = reason
            }
        }
        var forms = AccountPage.Forms()
        forms.profile = page.form.state(errors: errors)
        return try await show(page, forms, status: .badRequest)
    }

    private func changePassword(_ page: PageRequest) async throws -> Response {
        let (account, password) = (try page.account, page.form.secret("password"))
        var forms = AccountPage.Forms()
        if let fault = PasswordRule.fault(of: password, name: account.name) {
            forms.password = FormState(errors: ["password": fault])
        } else if let fault = try await faultOfPassword(page) {
            forms.password = FormState(errors: ["current": fault])
        } else {
            try await accounts.setPassword(password, of: account, keeping: try page.ownLogin, by: page.author)
            return writer.redirect(to: links.account, done: .password)
        }
        return try await show(page, forms, status: .badRequest)
    }

    private func confirm(_ page: PageRequest) async throws -> Response {
        guard let factor = OneTimeCode(base32: page.form.secret("secret")) else {
            throw Problem(.badRequest, "not the secret of a second factor", field: "secret")
        }
        guard let step = factor.step(of: page.form["code"], at: Timestamp.now.milliseconds / 1000, after: 0) else {
            var forms = AccountPage.Forms()
            forms.factor = FormState(errors: ["code": "This is not the present code."])
            return try await show(page, forms, offering: factor, status: .badRequest)
        }
        try await accounts.setSecondFactor(
            factor,
            step: step,
            of: try page.account,
            keeping: try page.ownLogin,
            by: page.author
        )
        return writer.redirect(to: links.account, done: .factor)
    }

    private func disable(_ page: PageRequest) async throws -> Response {
        if let fault = try await faultOfPassword(page, withCode: true) {
            var forms = AccountPage.Forms()
            forms.factor = FormState(errors: ["current": fault])
            return try await show(page, forms, status: .badRequest)
        }
        try await accounts.removeSecondFactor(of: try page.account, keeping: try page.ownLogin, by: page.author)
        return writer.redirect(to: links.account, done: .unfactored)
    }

    private func end(_ page: PageRequest) async throws -> Response {
        let others = page.form["action"] == "end_others"
        guard others || Int(page.form["id"]) != nil else { throw Problem(.badRequest, "not a number", field: "id") }
        try await accounts.endLogins(
            of: try page.account,
            only: others ? nil : Int(page.form["id"]),
            keeping: try page.ownLogin,
            by: page.author
        )
        return writer.redirect(to: links.account, done: .ended)
    }

    private func changeAppearance(_ page: PageRequest) async throws -> Response {
        var settings = try page.account.settings
        settings.theme = AccountSettings.Theme(rawValue: page.form["theme"]) ?? settings.theme
        settings.hasShortcuts = page.form.isOn("shortcuts")
        try await accounts.change(try page.account, settings: settings, by: page.author)
        return writer.redirect(to: links.account, done: .saved)
    }

    /// The reason that the present password, or the code beside it, is not right; nil if it is.
    private func faultOfPassword(_ page: PageRequest, withCode: Bool = false) async throws -> String? {
        do {
            let code = withCode ? page.form["code"] : nil
            try await accounts.check(page.form.secret("current"), code: code, of: try page.account, page.client)
            return nil
        } catch AccountFailure.wrong {
            return withCode ? "The password or the code is wrong." : "This is not the password."
        } catch AccountFailure.wait(let seconds) {
            return "Too many attempts: try again in \(seconds) s."
        }
    }
}
