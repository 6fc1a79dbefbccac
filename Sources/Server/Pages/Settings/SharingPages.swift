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
        form: FormState = FormState()
    ) async throws -> Response {
        let site = try page.ownSite
        let shares = try await kit.accounts.editor(by: page.author).shares(of: site.id)
        let rows = shares.filter { $0.revoked == nil }.map { share in
            ShareRow(id: share.id, label: share.label, created: share.created, used: share.used)
        }
        let isRefused = adding != FormState() || form != FormState()
        let shown = SharingPage(
            site,
            rows: rows,
            link: link ?? page.absolute(kit.writer.frame.links.share("LINK"), kit.settings),
            secret: secret,
            adding: adding,
            form: form
        )
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
        if let fault = SettingsKit.faultOfLabel(label) {
            return try await show(page, adding: page.form.state(errors: ["label": fault]))
        }
        let (site, share) = (try page.ownSite, ShareText.random())
        _ = try await kit.accounts.editor(by: page.author).add(share, to: site.name, label: label, filters: "[]")
        let link = page.absolute(kit.writer.frame.links.share(share.text), kit.settings)
        let hint = "Whoever has it sees the dashboard. Behind share= the text at its end reads the reports of the API."
        return try await show(page, link: link, secret: SecretOnce("Share link \(label)", secret: link, text: hint))
    }

    private func revoke(_ page: PageRequest) async throws -> Response {
        let editor = kit.accounts.editor(by: page.author)
        let shares = try await editor.shares(of: try page.ownSite.id)
        guard let id = Int(page.form["id"]), shares.contains(where: { $0.id == id }) else { throw PageFailure.notFound }
        try await editor.revokeShare(id)
        return try kit.done(.revoked, .sharing, page)
    }

    private func save(_ page: PageRequest) async throws -> Response {
        let origins = page.form.lines("origins").joined(separator: ",")
        let texts = [("public", "\(page.form.isOn("public"))"), ("origins", origins)]
        if let form = try await kit.set(texts, page) { return try await show(page, form: form) }
        return try kit.done(.saved, .sharing, page)
    }
}
