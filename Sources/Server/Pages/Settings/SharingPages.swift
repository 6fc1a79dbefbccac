import Analytics
import HTTP
import Hummingbird
import Registry
import Web

/// The page of the share links of a site, and of what everybody may see.
struct SharingPages: Sendable {
    let kit: SettingsKit

    var routes: [PageRoute] { [kit.route(.sharing, get: { try await show($0) }, post: change)] }

    private func show(
        _ page: PageRequest,
        link: String? = nil,
        secret: SecretOnce? = nil,
        adding: FormState = FormState(),
        locking: FormState = FormState(),
        form: FormState = FormState()
    ) async throws -> Response {
        let site = try page.ownSite
        let shares = try await kit.accounts.editor(by: page.author).shares(of: site.id)
        let rows = shares.filter { $0.revoked == nil }.map { share in
            ShareRow(
                id: share.id,
                label: share.label,
                created: share.created,
                used: share.used,
                hasPassword: share.hasPassword
            )
        }
        let isRefused = [adding, locking, form].contains { $0 != FormState() }
        let shown = SharingPage(
            site,
            rows: rows,
            link: link ?? page.absolute(kit.writer.frame.links.share("LINK"), kit.settings),
            secret: secret,
            adding: adding,
            locking: locking,
            form: form
        )
        return try kit.answer(shown, page, status: isRefused ? .badRequest : .ok)
    }

    @Sendable private func change(_ page: PageRequest) async throws -> Response {
        switch page.form["action"] {
        case "add": try await add(page)
        case "revoke": try await revoke(page)
        case "password": try await lock(page)
        case "open": try await open(page)
        case "save": try await save(page)
        default: throw SettingsKit.unknownForm
        }
    }

    private func add(_ page: PageRequest) async throws -> Response {
        let (site, share, label) = (try page.ownSite, ShareText.random(), page.form["label"])
        let text = page.form.secret("password")
        var errors: [String: String] = [:]
        errors["label"] = SettingsKit.faultOfLabel(label)
        if !text.isEmpty { errors["password"] = PasswordRule.fault(of: text, name: site.name.text) }
        guard errors.isEmpty else { return try await show(page, adding: page.form.state(errors: errors)) }
        let password = try await kit.accounts.sharePassword(text.isEmpty ? nil : text)
        let editor = kit.accounts.editor(by: page.author)
        _ = try await editor.add(share, to: site.name, label: label, filters: "[]", password: password)
        let link = page.absolute(kit.writer.frame.links.share(share.text), kit.settings)
        let hint =
            password == nil
            ? "Whoever has it sees the dashboard. Behind share= the text at its end reads the reports of the API."
            : "Whoever has it and the password sees the dashboard. Tell the password in another way than the link."
        return try await show(page, link: link, secret: SecretOnce("Share link \(label)", secret: link, text: hint))
    }

    private func revoke(_ page: PageRequest) async throws -> Response {
        let editor = kit.accounts.editor(by: page.author)
        try await editor.revokeShare(try await ownShare(page, editor).id)
        return try kit.done(.revoked, .sharing, page)
    }

    /// Gives a link another password.
    private func lock(_ page: PageRequest) async throws -> Response {
        let editor = kit.accounts.editor(by: page.author)
        let share = try await ownShare(page, editor)
        let text = page.form.secret("password")
        if let fault = PasswordRule.fault(of: text, name: try page.ownSite.name.text) {
            return try await show(page, locking: page.form.state(errors: ["password": fault]))
        }
        try await editor.setPassword(try await kit.accounts.sharePassword(text), ofShare: share.id)
        return try kit.done(.saved, .sharing, page)
    }

    /// Takes the password of a link away.
    private func open(_ page: PageRequest) async throws -> Response {
        let editor = kit.accounts.editor(by: page.author)
        try await editor.setPassword(nil, ofShare: try await ownShare(page, editor).id)
        return try kit.done(.saved, .sharing, page)
    }

    /// The link of the site that a form is about.
    private func ownShare(_ page: PageRequest, _ editor: RegistryEditor) async throws -> ListedShare {
        let shares = try await editor.shares(of: try page.ownSite.id)
        guard let share = shares.first(where: { "\($0.id)" == page.form["id"] }) else { throw PageFailure.notFound }
        return share
    }

    private func save(_ page: PageRequest) async throws -> Response {
        let origins = page.form.lines("origins").joined(separator: ",")
        let texts = [("public", "\(page.form.isOn("public"))"), ("origins", origins)]
        if let form = try await kit.set(texts, page) { return try await show(page, form: form) }
        return try kit.done(.saved, .sharing, page)
    }
}
