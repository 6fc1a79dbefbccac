import Analytics
import HTTP
import Hummingbird
import Web

/// The page about the sliding hour, `/s/{site}/hour`: `at` is its end, `date` or now without it; `metric` and `by` are
/// the count and the detail of the curve, `tz` the zone.
struct HourPages: Sendable {
    let store: any EventStore
    let writer: PageWriter
    let settings: ServerSettings

    var routes: [PageRoute] { [PageRoute("/s/{site}/hour", .site(.viewer), get: show)] }

    @Sendable private func show(_ page: PageRequest) async throws -> Response {
        var question = HourQuestion(page.request.uri.query ?? "", about: try page.ownSite)
        let origin = page.server(settings)?.text ?? ""
        let content = try await HourReader(store: store, origin: origin, now: .now).answer(&question)
        let shown = HourPage(question.address, content, faults: question.faults)
        return writer.response(shown, for: try page.account, to: page.request)
    }
}
