import Analytics
import HTTP
import Hummingbird
import Web

/// The single visits of a site: `/s/{site}/visits`, whose parameters are those of the dashboard, and each with its hits.
struct VisitPages: Sendable {
    let store: any EventStore
    let dashboard: DashboardPages
    let writer: PageWriter

    /// The greatest number of hits that are passed over.
    private static let greatestOffset = 1_000_000_000

    var routes: [PageRoute] {
        [
            PageRoute("/s/{site}/visits", .site(.viewer), get: show, post: change),
            PageRoute("/s/{site}/visits/{visit}", .site(.member), get: showVisit),
        ]
    }

    @Sendable private func show(_ page: PageRequest) async throws -> Response {
        let (site, account) = (try page.ownSite, try page.account)
        let parameters = VisitListParameters(page.request.uri.query ?? "")
        var question = try await dashboard.question(page, parameters.rest, view: .visits)
        let isShown = account.may(.member, in: site.organisation)
        let reader = VisitListReader(store: store)
        let content = isShown ? try await reader.answer(&question, parameters.range) : .hidden
        let frame = await ViewFrame(question, in: store)
        return writer.response(VisitsPage(frame, content), for: account, to: page.request)
    }

    @Sendable private func showVisit(_ page: PageRequest) async throws -> Response {
        let (site, account) = (try page.ownSite, try page.account)
        guard let key = VisitKey(String(page.scope.pathParameters["visit"] ?? "")) else { throw PageFailure.notFound }
        let pairs = (page.request.uri.query ?? "").split(separator: "&").filter { !$0.hasPrefix("offset=") }
        let question = try await dashboard.question(page, pairs.joined(separator: "&"), view: .visits)
        let offset = min(max(0, Int(page.query["offset"]) ?? 0), Self.greatestOffset)
        let course = try await store.visit(key, of: site.id, after: offset)
        guard let course, !course.steps.isEmpty else { throw PageFailure.notFound }
        return writer.response(VisitPage(question.address, course), for: account, to: page.request)
    }

    @Sendable private func change(_ page: PageRequest) async throws -> Response {
        let query = VisitListParameters(page.form["query"]).rest
        return try await dashboard.change(try await dashboard.question(page, query, view: .visits), page)
    }
}
