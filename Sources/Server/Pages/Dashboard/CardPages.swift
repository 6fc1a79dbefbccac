import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Web

/// The panels of the dashboard of a share link for frames of other pages, `/share/{share}/card/{card}`, and its chart as
/// an image, `/share/{share}/card/series.svg`.
struct CardPages: Sendable {
    let store: any EventStore
    let control: AccessControl
    let writer: PageWriter

    private var reader: DashboardReader { DashboardReader(store: store, registry: control.registry) }

    var routes: [PageRoute] {
        [
            PageRoute("/share/{share}/card/series.svg", .nothing, get: showPicture),
            PageRoute("/share/{share}/card/{card}", .nothing, get: show),
        ]
    }

    @Sendable private func show(_ page: PageRequest) async throws -> Response {
        guard let panel = DashboardPanel(named: page.scope.pathParameters["card"] ?? "") else {
            throw PageFailure.notFound
        }
        var question = try await DashboardGate(control: control).question(page, page.request.uri.query ?? "")
        let content = try await reader.answer(&question, panel).content
        let shown = CardPage(question.address, panel, content, faults: question.faults)
        // Whoever is logged in is not told to the page around it.
        return writer.response(shown, for: nil, to: page.request, theme: question.theme)
            .framed(by: question.access)
    }

    @Sendable private func showPicture(_ page: PageRequest) async throws -> Response {
        var question = try await DashboardGate(control: control).question(page, page.request.uri.query ?? "")
        let answers = try await reader.answers(&question, .series)
        if let fault = question.faults.first { throw Problem(.badRequest, fault) }
        let picture = SeriesPicture(answers.drawnSeries, isDark: question.theme == .dark)
        var response = writer.response(picture.bytes, type: "image/svg+xml", to: page.request)
        // A page of any site that has the link may show it; its scripts cannot read it.
        response.headers[.known("Cross-Origin-Resource-Policy")] = "cross-origin"
        return response
    }
}
