import Analytics
import HTTP
import Hummingbird
import Web

/// The first page of a site, `/s/{site}`, whose parameters are those of `GET /api/v1/stats` and the tabs of its cards.
struct DashboardPages: Sendable {
    let store: any EventStore
    let writer: PageWriter

    var routes: [PageRoute] { [PageRoute("/s/{site}", .site(.viewer), get: show)] }

    @Sendable private func show(_ page: PageRequest) async throws -> Response {
        let (site, account) = (try page.ownSite, try page.account)
        var question = DashboardQuestion(page.request.uri.query ?? "", about: site)
        let content = try await DashboardReader(store: store).answer(&question)
        let shown = DashboardPage(
            question.address,
            content,
            mayInstall: account.may(.member, in: site.organisation),
            faults: question.faults
        )
        return writer.response(shown, for: account, to: page.request)
    }
}
