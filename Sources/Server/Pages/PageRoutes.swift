import Agents
import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry
import Web

/// All pages, and what each of them needs.
struct PageRoutes: Sendable {
    private let gate: PageGate
    /// The pages with their needs.
    let pages: [PageRoute]

    /// - Parameters:
    ///   - settings: The settings of the server.
    ///   - store: The store.
    ///   - realtime: The live figures.
    ///   - control: The rules about access.
    ///   - reader: The reading of forms.
    ///   - writer: The writing of pages.
    ///   - agents: The names of browsers.
    ///   - queries: The saved questions in SQL.
    init(
        _ settings: ServerSettings,
        store: any EventStore,
        realtime: Realtime,
        control: AccessControl,
        reader: BodyReader,
        writer: PageWriter,
        agents: AgentParser,
        queries: SavedQueries
    ) {
        let (registry, logins) = (control.registry, control.logins)
        let passwords = SharePasswordPages(control: control, writer: writer)
        gate = PageGate(registry: registry, logins: logins, reader: reader, writer: writer, passwords: passwords)
        let accounts = logins.accounts
        let zones = ZoneList(accounts)
        let kit = SettingsKit(
            registry: registry,
            accounts: accounts,
            store: store,
            writer: writer,
            zones: zones,
            settings: settings
        )
        let site =
            GeneralPages(kit: kit).routes + SnippetPages(kit: kit).routes + KeyPages(kit: kit).routes
            + GoalPages(kit: kit).routes + AddressPages(kit: kit).routes + SharingPages(kit: kit).routes
            + DangerPages(kit: kit).routes
        let dashboard = DashboardPages(
            store: store,
            control: control,
            writer: writer,
            settings: settings,
            hasSQL: queries.isOpen
        )
        pages =
            LoginPages(logins: logins, writer: writer).routes
            + LinkPages(logins: logins, writer: writer, zones: zones).routes
            + SitePages(registry: registry, accounts: accounts, store: store, writer: writer, zones: zones).routes
            // Before lists, whose names match those of their files.
            + DashboardFiles(store: store, control: control, writer: writer).routes
            + CardPages(store: store, control: control, writer: writer).routes + passwords.routes
            + dashboard.routes + VisitPages(store: store, dashboard: dashboard, writer: writer).routes
            + JourneyPages(store: store, writer: writer).routes
            + ReportPages(store: store, registry: registry, writer: writer).routes
            + SQLPages(store: store, writer: writer, queries: queries).routes
            + HourPages(store: store, writer: writer, settings: settings).routes
            + RefusedPages(store: store, writer: writer).routes
            + RealtimePages(realtime: realtime, writer: writer).routes
            + AccountPages(logins: logins, writer: writer, agents: agents).routes
            + AdminPages(accounts: accounts, writer: writer, settings: settings).routes
            + OrganisationPages(accounts: accounts, registry: registry, writer: writer, settings: settings).routes
            + site
    }

    /// The page about a problem.
    ///
    /// - Parameters:
    ///   - problem: The problem.
    ///   - request: The request.
    ///   - id: The id of the request, which the log has too.
    /// - Returns: The answer.
    func errorPage(_ problem: Problem, _ request: Request, _ id: String) -> Response {
        let reason: ErrorPage.Reason =
            switch problem.status.code {
            case 404: .notFound
            case 503: .unavailable(retryAfter: problem.headers[.retryAfter].flatMap { Int($0) } ?? 1)
            case 500...: .failed(request: id)
            default: .other(status: problem.status.code, text: problem.description)
            }
        var response = gate.writer.response(ErrorPage(reason, isLoggedIn: false), for: nil, to: request)
        response.headers[.allow] = problem.headers[.allow]
        return response
    }

    var routes: [Route] { pages.map(gate.route) }
}
