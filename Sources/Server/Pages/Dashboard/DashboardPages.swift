import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry
import Web

/// The dashboard of a site and the whole lists of its cards, as `/s/{site}` and as `/share/{share}`; their parameters are
/// those of `GET /api/v1/stats`, those of the chart, and the tabs of the cards.
struct DashboardPages: Sendable {
    let store: any EventStore
    let control: AccessControl
    let writer: PageWriter
    let settings: ServerSettings
    /// True if there is a login for questions in SQL.
    let hasSQL: Bool

    private var reader: DashboardReader { DashboardReader(store: store, registry: control.registry) }
    private var links: Links { writer.frame.links }

    var routes: [PageRoute] {
        [
            PageRoute("/s/{site}", .readers, get: show, post: change),
            PageRoute("/s/{site}/list/{list}", .readers, get: showList, post: change),
            PageRoute("/s/{site}/why", .site(.viewer), get: showReasons),
            PageRoute("/share/{share}", .nothing, get: show, post: change),
            PageRoute("/share/{share}/list/{list}", .nothing, get: showList, post: change),
        ]
    }

    /// The question of an address, as far as the reader may ask it.
    ///
    /// - Parameters:
    ///   - page: The request.
    ///   - query: The query string, still encoded.
    ///   - view: The page that it is asked on.
    /// - Returns: The question.
    /// - Throws: A `PageFailure`, a `Problem` or a `RegistryFailure`
    func question(
        _ page: PageRequest,
        _ query: String,
        view: DashboardView = .dashboard
    ) async throws -> DashboardQuestion {
        try await DashboardGate(control: control).question(page, query, view: view)
    }

    @Sendable private func show(_ page: PageRequest) async throws -> Response {
        var question = try await question(page, page.request.uri.query ?? "")
        let answer = try await reader.answer(&question)
        let (access, asked) = (question.access, question)
        async let hour = reader.hour(asked)
        let shown = DashboardPage(
            question.address,
            answer.content,
            mayInstall: access.account?.may(.member, in: access.site.organisation) == true,
            faults: question.faults,
            segments: access.share == nil ? access.site.segments.map { DashboardSegment($0) } : [],
            maySave: access.account != nil,
            refused: answer.refused,
            steps: answer.steps,
            zone: access.site.zone,
            hour: await hour
        )
        return response(shown, page, access)
    }

    @Sendable private func showList(_ page: PageRequest) async throws -> Response {
        let name = page.scope.pathParameters["list"] ?? ""
        guard let tab = DashboardTab(rawValue: String(name)) else { throw PageFailure.notFound }
        let parameters = DashboardListParameters(page.request.uri.query ?? "")
        var question = try await question(page, parameters.rest)
        let list = DashboardListReader(store: store)
        let shown = try await list.answer(&question, tab, parameters)
        return response(shown, page, question.access)
    }

    @Sendable private func showReasons(_ page: PageRequest) async throws -> Response {
        guard let parameters = DashboardSourceParameters(page.request.uri.query ?? "") else {
            throw PageFailure.notFound
        }
        let question = try await question(page, parameters.rest)
        let mayWriteSQL = hasSQL && question.access.account?.isOperator == true
        let reasons = ReasonsReader(store: store, mayWriteSQL: mayWriteSQL)
        let origin = page.absolute(links.start, settings)
        return response(try await reasons.answer(question, parameters.source, origin: origin), page, question.access)
    }

    /// The answer with a page, which the pages of a site may have in a frame where it is shared.
    private func response(_ shown: some Web.Page, _ page: PageRequest, _ access: Access) -> Response {
        writer.response(shown, for: page.login?.account, to: page.request).framed(by: access)
    }

    // MARK: Forms

    @Sendable private func change(_ page: PageRequest) async throws -> Response {
        let query = DashboardListParameters(page.form["query"]).rest
        return try await change(try await question(page, query), page)
    }

    /// Takes a form that leads to another state.
    ///
    /// - Parameters:
    ///   - question: The state before.
    ///   - page: The request.
    /// - Returns: The way to the other state.
    /// - Throws: A `PageFailure` or a `Problem`
    func change(_ question: DashboardQuestion, _ page: PageRequest) async throws -> Response {
        if let address = question.address.answering(page.form) { return writer.redirect(to: address.link(links)) }
        switch page.form["action"] {
        case "search":
            guard let tab = page.scope.pathParameters["list"].flatMap({ DashboardTab(rawValue: String($0)) }) else {
                throw PageFailure.notFound
            }
            return writer.redirect(to: question.address.list(tab, links).with("q", page.form["q"]))
        case "segment": return try await save(question, page)
        default: throw SettingsKit.unknownForm
        }
    }

    /// Saves the filters of the page for the account.
    private func save(_ question: DashboardQuestion, _ page: PageRequest) async throws -> Response {
        guard let account = question.access.account else { throw PageFailure.needsLogin }
        let name = page.form["name"]
        guard Segment.isName(name) else { throw Problem(.badRequest, Segment.formOfNames, field: "name") }
        let filters: SavedFilters
        do throws(SavedFilters.Invalid) { filters = try SavedFilters(question.address.filters.map(\.encoded)) } catch {
            throw Problem(.badRequest, error.description, field: "filter")
        }
        let segment = try await control.registry.addSegment(
            name,
            filters: filters.json,
            to: question.site.name,
            owner: account.id
        )
        var address = question.address
        address.filters = []
        address.kept.append(("segment", "\(segment.id.rawValue)"))
        return writer.redirect(to: address.link(links), done: .saved)
    }
}

extension DashboardSegment {
    init(_ segment: Segment) {
        self.init(id: segment.id.rawValue, name: segment.name, isPersonal: segment.owner != nil)
    }
}
