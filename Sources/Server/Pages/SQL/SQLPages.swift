import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry
import Web

/// The pages of questions in SQL about a site: `/s/{site}/sql` and those below.
struct SQLPages: Sendable {
    let store: any EventStore
    let writer: PageWriter
    let queries: SavedQueries

    private var desk: SavedQueryDesk { SavedQueryDesk(store: store, queries: queries) }

    var routes: [PageRoute] {
        [
            PageRoute("/s/{site}/sql", .site(.viewer), get: list),
            PageRoute("/s/{site}/sql/views", .site(.viewer), get: views),
            PageRoute("/s/{site}/sql/text", .siteOperator, get: write, post: run),
            PageRoute("/s/{site}/sql/public/{query}", .site(.viewer)) { try await ask($0, .public) },
            PageRoute("/s/{site}/sql/private/{query}", .site(.member)) { try await ask($0, .private) },
        ]
    }

    @Sendable private func list(_ page: PageRequest) async throws -> Response {
        let (site, account) = (try page.ownSite, try page.account)
        let isMember = account.may(.member, in: site.organisation)
        let shown = SQLPage(
            site.name,
            queries: queries.all().filter { $0.audience == .public || isMember },
            isOpen: queries.isOpen,
            mayWrite: account.isOperator
        )
        return writer.response(shown, for: account, to: page.request)
    }

    @Sendable private func views(_ page: PageRequest) async throws -> Response {
        let shown = SQLViewsPage(try page.ownSite.name, columns: try await queries.columns())
        return writer.response(shown, for: try page.account, to: page.request)
    }

    @Sendable private func ask(_ page: PageRequest, _ audience: SavedQuery.Audience) async throws -> Response {
        let site = try page.ownSite
        guard let query = page.scope.pathParameters["query"].flatMap({ queries.query(audience, $0) }) else {
            throw PageFailure.notFound
        }
        let view = Self.view(page.query)
        let given = Self.given(page.query, ["from", "to", "days"] + query.parameters.map(\.name))
        let (outcome, form) = try await outcome(page.query) {
            try await desk.answer(query, about: site, given)
        }
        let shown = SavedQueryPage(site.name, query, form: form, view: view, outcome: outcome)
        return writer.response(shown, for: try page.account, to: page.request, status: Self.status(outcome))
    }

    @Sendable private func write(_ page: PageRequest) async throws -> Response {
        let account = try page.account
        let form = page.query.state()
        return writer.response(
            SQLTextPage(try page.ownSite.name, form: form, view: Self.view(page.query), outcome: .notAsked),
            for: account,
            to: page.request
        )
    }

    @Sendable private func run(_ page: PageRequest) async throws -> Response {
        let (site, account) = (try page.ownSite, try page.account)
        let view = Self.view(page.form)
        if page.form["action"] == "show" {
            let shown = SQLTextPage(site.name, form: page.form.state(), view: view, outcome: .notAsked)
            return writer.response(shown, for: account, to: page.request)
        }
        let isExplained = page.form["action"] == "explain"
        let (outcome, form) = try await outcome(page.form) {
            try await desk.answer(
                text: page.form.secret("sql"),
                about: site,
                Self.given(page.form, ["from", "to", "days"]),
                isExplained: isExplained
            )
        }
        let shown = SQLTextPage(site.name, form: form, view: view, outcome: outcome)
        return writer.response(shown, for: account, to: page.request, status: Self.status(outcome))
    }

    /// Asks, and sorts what comes of it: rows, a mistake of the SQL, or one of a value.
    private func outcome(
        _ form: PageForm,
        _ ask: () async throws -> QueryTable
    ) async throws -> (SavedQueryPage.Outcome, FormState) {
        do {
            return (.table(try await ask()), form.state())
        } catch let fault as SQLFault {
            return (.fault(fault), form.state())
        } catch let problem as Problem where problem.status == .badRequest {
            let field = problem.field.map { ["t0": "from", "t1": "to"][$0] ?? $0 } ?? ""
            return (.notAsked, form.state(errors: [field: problem.detail]))
        }
    }

    private static func view(_ form: PageForm) -> QueryTableView {
        QueryTableView(sort: form["sort"], search: form["search"])
    }

    private static func status(_ outcome: SavedQueryPage.Outcome) -> HTTPResponse.Status {
        switch outcome {
        case .table: .ok
        case .fault: .unprocessableContent
        case .notAsked: .badRequest
        }
    }

    /// The values that were given; an empty one is none.
    private static func given(_ form: PageForm, _ names: [String]) -> [String: String] {
        Dictionary(uniqueKeysWithValues: names.compactMap { name in form[name].isEmpty ? nil : (name, form[name]) })
    }
}
