import Analytics
import HTTP
import Hummingbird
import Registry
import Web

/// The page of the keys of a site.
struct KeyPages: Sendable {
    let kit: SettingsKit

    var routes: [PageRoute] { [kit.route(.keys, get: { try await show($0) }, post: change)] }

    private func show(
        _ page: PageRequest,
        secret: SecretOnce? = nil,
        adding: FormState = FormState(),
        form: FormState = FormState()
    ) async throws -> Response {
        let site = try page.ownSite
        let keys = try await kit.accounts.editor(by: page.author).keys(of: site.id)
        let rows = keys.filter { $0.revoked == nil }.map { key in
            KeyRow(
                id: key.id,
                scope: key.scope,
                label: key.label,
                text: key.text,
                created: key.created,
                used: key.used
            )
        }
        let isRefused = adding != FormState() || form != FormState()
        let shown = KeysPage(site, rows: rows, secret: secret, adding: adding, form: form)
        return try kit.answer(shown, page, status: isRefused ? .badRequest : .ok)
    }

    @Sendable private func change(_ page: PageRequest) async throws -> Response {
        switch page.form["action"] {
        case "add": try await add(page)
        case "revoke": try await revoke(page)
        case "save": try await save(page)
        default: throw SettingsKit.unknownForm
        }
    }

    private func add(_ page: PageRequest) async throws -> Response {
        let label = page.form["label"]
        guard let scope = KeyScope(rawValue: page.form["scope"]) else {
            return try await show(page, adding: page.form.state(errors: ["scope": "choose one"]))
        }
        if let fault = SettingsKit.faultOfLabel(label) {
            return try await show(page, adding: page.form.state(errors: ["label": fault]))
        }
        let key = KeyText.random(scope)
        _ = try await kit.accounts.editor(by: page.author).add(key, to: try page.ownSite.name, label: label)
        guard scope != .write else { return try kit.done(.added, .keys, page) }
        let title = "New \(scope.rawValue) key \(label)"
        let hint = "It goes into the header Authorization: Bearer \u{2026}"
        return try await show(page, secret: SecretOnce(title, secret: key.text, text: hint))
    }

    private func revoke(_ page: PageRequest) async throws -> Response {
        let editor = kit.accounts.editor(by: page.author)
        let keys = try await editor.keys(of: try page.ownSite.id)
        // A key of another site is none of this page.
        guard let id = Int(page.form["id"]), keys.contains(where: { $0.id == id }) else { throw PageFailure.notFound }
        try await editor.revokeKey(id)
        return try kit.done(.revoked, .keys, page)
    }

    private func save(_ page: PageRequest) async throws -> Response {
        let texts = [("open", "\(page.form.isOn("open"))"), ("daily_cap", page.form["daily_cap"])]
        if let form = try await kit.set(texts, page) { return try await show(page, form: form) }
        return try kit.done(.saved, .keys, page)
    }
}
