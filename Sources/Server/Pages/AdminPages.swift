import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry
import Web

/// The pages of the whole server: `/admin/accounts` and `/admin/audit`.
struct AdminPages: Sendable {
    let accounts: Accounts
    let writer: PageWriter
    /// The settings of the server, for links that are passed on.
    let settings: ServerSettings

    private var links: Links { writer.frame.links }

    var routes: [PageRoute] {
        [
            PageRoute("/admin/accounts", .operator, get: { try await list($0) }, post: change),
            PageRoute("/admin/audit", .operator, get: audit),
            PageRoute("/admin/audit.csv", .operator, get: auditFile),
        ]
    }

    private func list(
        _ page: PageRequest,
        secret: SecretOnce? = nil,
        removing: FormState = FormState(),
        status: HTTPResponse.Status = .ok
    ) async throws -> Response {
        let account = try page.account
        let rows = try await accounts.all().map { account in
            AccountRow(
                name: account.name,
                displayName: account.displayName,
                email: account.email,
                isOperator: account.isOperator,
                hasPassword: account.hasPassword,
                hasSecondFactor: account.hasSecondFactor,
                organisations: account.roles.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.rawValue)" },
                created: account.created,
                seen: account.used
            )
        }
        let shown = AccountsPage(rows: rows, own: account.name, secret: secret, removing: removing)
        return writer.response(shown, for: account, to: page.request, status: status)
    }

    @Sendable private func change(_ page: PageRequest) async throws -> Response {
        let author = page.author
        if page.form["action"] == "remove" { return try await remove(page) }
        let account = try await accounts.account(page.form["account"])
        switch page.form["action"] {
        case "reset":
            let text = try await accounts.makeResetLink(for: account.name, by: author)
            let link = page.absolute(links.reset(text.text), settings)
            let hint = "Whoever has it chooses another password of \(account.name), once and within a day."
            return try await list(page, secret: SecretOnce("Link to another password", secret: link, text: hint))
        case "end_logins":
            let own = try page.ownLogin
            let kept = account.id == own.account.id ? own : nil
            try await accounts.endLogins(of: account, only: nil, keeping: kept, by: author)
            return writer.redirect(to: links.accounts, done: .ended)
        case "disable_factor":
            try await accounts.removeSecondFactor(of: account, keeping: nil, by: author)
        case "promote": try await accounts.set(account, isOperator: true, by: author)
        case "demote": try await accounts.set(account, isOperator: false, by: author)
        default: throw Problem(.badRequest, "there is no such form", field: "action")
        }
        return writer.redirect(to: links.accounts, done: .saved)
    }

    private func remove(_ page: PageRequest) async throws -> Response {
        let name = page.form["name"]
        do {
            try await accounts.remove(try await accounts.account(name), by: page.author)
        } catch RegistryFailure.refused(let reason) {
            let form = page.form.state(errors: ["name": reason])
            return try await list(page, removing: form, status: .badRequest)
        }
        return writer.redirect(to: links.accounts, done: .removed)
    }

    // MARK: Audit log

    private static let pageSize = 100
    /// The most entries of a file.
    private static let fileSize = 100_000

    @Sendable private func audit(_ page: PageRequest) async throws -> Response {
        let before = Int(page.query["before"])
        let entries = try await accounts.audit(before: before, limit: Self.pageSize + 1)
        let shown = entries.prefix(Self.pageSize)
        let older = entries.count > Self.pageSize ? shown.last.map { "\($0.id)" } : nil
        let rows = shown.map { entry in
            AuditRow(
                time: entry.time,
                account: entry.account.isEmpty ? nil : entry.account,
                action: entry.action,
                subject: entry.subject,
                address: entry.address.isEmpty ? nil : entry.address
            )
        }
        let content = AuditPage(rows: rows, older: older, isLater: before != nil)
        return writer.response(content, for: try page.account, to: page.request)
    }

    @Sendable private func auditFile(_ page: PageRequest) async throws -> Response {
        let entries = try await accounts.audit(before: nil, limit: Self.fileSize)
        let lines = entries.map { entry in
            [entry.time.text, entry.account, entry.address, entry.action, entry.subject].map(\.cell).joined(
                separator: ","
            )
        }
        let text = (["time,account,address,action,subject"] + lines).map { $0 + "\r\n" }.joined()
        var response = Response(csv: text)
        response.headers[.contentDisposition] = "attachment; filename=\"audit.csv\""
        response.headers[.cacheControl] = "no-store"
        return response
    }
}

extension String {
    /// The text as a cell of CSV; what a spreadsheet would take for a formula gets an apostrophe.
    fileprivate var cell: String {
        let isFormula = ["=", "+", "-", "@", "\t", "\r"].contains { hasPrefix($0) }
        let text = isFormula ? "'" + self : self
        guard text.contains(where: { ",\"\r\n".contains($0) }) else { return text }
        return "\"" + text.replacing("\"", with: "\"\"") + "\""
    }
}
