import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry
import Web

/// The pages of all sites: `/`, `/sites` with its rows as files, and `/sites/new`.
struct SitePages: Sendable {
    let registry: SiteRegistry
    let accounts: Accounts
    let store: any EventStore
    let writer: PageWriter
    let zones: ZoneList

    private var links: Links { writer.frame.links }

    var routes: [PageRoute] {
        [
            PageRoute("/", .nothing, get: start),
            PageRoute("/sites", .account, get: list),
            PageRoute("/sites/new", .account, get: showNew, post: add),
        ]
            + DashboardFormat.allCases.map { format in
                PageRoute("/sites.\(format.rawValue)", .account) { try await file($0, as: format) }
            }
    }

    @Sendable private func start(_ page: PageRequest) async throws -> Response {
        if page.login != nil { return writer.redirect(to: links.sites) }
        guard try await accounts.isEmpty() else { return writer.redirect(to: links.login()) }
        let text = """
            There is no account yet. The log of the server has the link that makes the first one; \
            hourglass setup-link prints another.
            """
        return writer.response(MessagePage("Hourglass is running", text: text), for: nil, to: page.request)
    }

    @Sendable private func list(_ page: PageRequest) async throws -> Response {
        let account = try page.account
        let question = SitesQuestion(page.request.uri.query ?? "")
        let list = await SitesReader(store: store).list(try await sites(of: account), question.address)
        let mayAdd = try await !organisations(of: account).isEmpty
        let shown = SitesPage(list, mayAdd: mayAdd, faults: question.faults)
        return writer.response(shown, for: account, to: page.request)
    }

    /// The answer with the rows of the page as a file.
    ///
    /// - Throws: A `Problem` of the first parameter that does not count: a file cannot tell it beside its rows.
    private func file(_ page: PageRequest, as format: DashboardFormat) async throws -> Response {
        let account = try page.account
        let question = SitesQuestion(page.request.uri.query ?? "")
        if let fault = question.faults.first { throw Problem(.badRequest, fault) }
        let list = await SitesReader(store: store).list(try await sites(of: account), question.address)
        return writer.response(ReportTable(list), as: format, to: page.request)
    }

    /// The sites that an account may see, by their names.
    private func sites(of account: Account) async throws -> [SitesReader.Seen] {
        try await registry.snapshot().allSites.sorted { $0.name.text < $1.name.text }.compactMap { site in
            account.role(in: site.organisation).map { SitesReader.Seen(site: site, role: $0) }
        }
    }

    @Sendable private func showNew(_ page: PageRequest) async throws -> Response {
        let account = try page.account
        return writer.response(try await form(account), for: account, to: page.request)
    }

    @Sendable private func add(_ page: PageRequest) async throws -> Response {
        let account = try page.account
        let organisations = try await organisations(of: account)
        let chosen = page.form["organisation"]
        let organisation = chosen.isEmpty ? organisations.first : chosen
        guard let organisation, account.may(.admin, in: organisation) else {
            throw PageFailure.forbidden("admin or owner")
        }
        let input = SiteInput(page.form)
        var errors = input.errors
        if let name = input.name, errors.isEmpty {
            do {
                _ = try await accounts.editor(by: page.author).addSite(
                    name,
                    hostnames: input.hostnames,
                    zone: input.zone,
                    settings: SiteSettings(),
                    organisation: organisation
                )
                return writer.redirect(to: links.settings(name, .snippet))
            } catch RegistryFailure.refused(let reason) {
                errors["name"] = reason
            }
        }
        let again = try await form(account, page.form.state(errors: errors))
        return writer.response(again, for: account, to: page.request, status: .badRequest)
    }

    private func form(_ account: Account, _ state: FormState = FormState()) async throws -> NewSitePage {
        NewSitePage(
            zones: try await zones.names(),
            organisations: try await organisations(of: account),
            form: state
        )
    }

    /// The organisations whose sites an account may add.
    private func organisations(of account: Account) async throws -> [String] {
        guard !account.isOperator else { return try await accounts.organisations().map(\.name) }
        return account.roles.filter { $0.value >= .admin }.keys.sorted()
    }
}
