import Analytics
import HTTP
import Hummingbird
import Registry
import Web

/// The reports about one page and one event: `/s/{site}/page?page=…` and `/s/{site}/event?event=…`, beside which they
/// have the parameters of the dashboard.
struct ReportPages: Sendable {
    let store: any EventStore
    let registry: SiteRegistry
    let writer: PageWriter

    private var links: Links { writer.frame.links }

    var routes: [PageRoute] { [route(.page), route(.event)] }

    private func route(_ kind: SubjectKind) -> PageRoute {
        PageRoute(
            "/s/{site}/\(kind.rawValue)",
            .readers,
            get: { try await show($0, kind) },
            post: { try change($0, kind) }
        )
    }

    private func show(_ page: PageRequest, _ kind: SubjectKind) async throws -> Response {
        var question = try question(page, kind, page.request.uri.query ?? "")
        let content = try await ReportReader(store: store, registry: registry).answer(&question, kind)
        let frame = await ViewFrame(question, in: store)
        let shown = ReportPage(frame, kind, content)
        return writer.response(shown, for: page.login?.account, to: page.request)
    }

    private func change(_ page: PageRequest, _ kind: SubjectKind) throws -> Response {
        let question = try question(page, kind, page.form["query"])
        if page.form["action"] == kind.rawValue {
            let view = Self.view(kind, page.form[kind.rawValue])
            return writer.redirect(to: question.address.showing(view).link(links))
        }
        guard let address = question.address.answering(page.form) else { throw SettingsKit.unknownForm }
        return writer.redirect(to: address.link(links))
    }

    private func question(_ page: PageRequest, _ kind: SubjectKind, _ query: String) throws -> DashboardQuestion {
        let parameters = ViewParameters(query, [kind.rawValue])
        let name = kind == .page ? parameters.page() : parameters.last(kind.rawValue)
        return DashboardQuestion(parameters.rest, try page.reader, view: Self.view(kind, name))
    }

    private static func view(_ kind: SubjectKind, _ name: String?) -> DashboardView {
        switch kind {
        case .page: .page(name)
        case .event: .event(name)
        }
    }
}
