import Analytics
import HTTP
import Hummingbird
import Registry
import Web

/// The page of the refused hits of a site, `/s/{site}/refused`.
struct RefusedPages: Sendable {
    let store: any EventStore
    let writer: PageWriter

    // Single hits are shown, so a public site does not do.
    var routes: [PageRoute] { [PageRoute("/s/{site}/refused", .site(.member), get: show)] }

    @Sendable private func show(_ page: PageRequest) async throws -> Response {
        let site = try page.ownSite
        let question = RefusedQuestion(page.request.uri.query ?? "", about: site.name)
        let reader = RefusedReader(store: store)
        let shown = try await reader.answer(question, of: site.id, at: .now)
        return writer.response(shown, for: try page.account, to: page.request)
    }
}
