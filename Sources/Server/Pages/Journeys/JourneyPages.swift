import Analytics
import HTTP
import Hummingbird
import Registry
import Web

/// The pages about what visitors do one after another: `/s/{site}/funnel`, `retention` and `paths`.
///
/// Their parameters are those of the dashboard's period, filters and segments, and `step` and `within`, `unit`, or
/// `page`.
struct JourneyPages: Sendable {
    let store: any EventStore
    let writer: PageWriter

    private var links: Links { writer.frame.links }

    var routes: [PageRoute] {
        [
            PageRoute("/s/{site}/funnel", .readers, get: showFunnel, post: changeFunnel),
            PageRoute("/s/{site}/retention", .readers, get: showRetention, post: changeRetention),
            PageRoute("/s/{site}/paths", .readers, get: showPaths, post: changePaths),
        ]
    }

    // MARK: Funnels

    private func funnel(_ page: PageRequest, _ query: String) throws -> (DashboardQuestion, FunnelQuestion) {
        let parameters = ViewParameters(query, FunnelQuestion.names)
        let funnel = FunnelQuestion(parameters)
        var question = DashboardQuestion(parameters.rest, try page.reader, view: funnel.view)
        for fault in funnel.faults { question.note(fault.name, fault.reason) }
        return (question, funnel)
    }

    @Sendable private func showFunnel(_ page: PageRequest) async throws -> Response {
        var (question, funnel) = try funnel(page, page.request.uri.query ?? "")
        let content = try await JourneyReader(store: store).answer(&question, funnel)
        let goals = question.site.goals.map(\.name)
        let frame = await ViewFrame(question, in: store)
        return answer(FunnelPage(frame, content, goals: goals), page)
    }

    @Sendable private func changeFunnel(_ page: PageRequest) async throws -> Response {
        let question = try funnel(page, page.form["query"]).0
        if page.form["action"] == "steps" {
            return writer.redirect(to: question.address.showing(FunnelQuestion(page.form).view).link(links))
        }
        return try change(question, page)
    }

    // MARK: Retention

    private func retention(_ page: PageRequest, _ query: String) throws -> DashboardQuestion {
        let parameters = ViewParameters(query, ["unit"])
        let text = parameters.last("unit")
        let unit = text.flatMap(TimeUnit.init).flatMap { RetentionQuery.units.contains($0) ? $0 : nil }
        var question = DashboardQuestion(parameters.rest, try page.reader, view: .retention(unit))
        if text != nil, unit == nil {
            question.note("unit", "not one of \(RetentionQuery.units.map(\.rawValue).joined(separator: ", "))")
        }
        return question
    }

    @Sendable private func showRetention(_ page: PageRequest) async throws -> Response {
        var question = try retention(page, page.request.uri.query ?? "")
        let (unit, content) = try await JourneyReader(store: store).retention(&question)
        let frame = await ViewFrame(question, in: store)
        return answer(CohortPage(frame, by: unit, content), page)
    }

    @Sendable private func changeRetention(_ page: PageRequest) async throws -> Response {
        try change(try retention(page, page.form["query"]), page)
    }

    // MARK: Paths

    private func paths(_ page: PageRequest, _ query: String) throws -> DashboardQuestion {
        let parameters = ViewParameters(query, ["page"])
        return DashboardQuestion(parameters.rest, try page.reader, view: .paths(parameters.page()))
    }

    @Sendable private func showPaths(_ page: PageRequest) async throws -> Response {
        var question = try paths(page, page.request.uri.query ?? "")
        let content = try await JourneyReader(store: store).paths(&question)
        let frame = await ViewFrame(question, in: store)
        return answer(PathPage(frame, content), page)
    }

    @Sendable private func changePaths(_ page: PageRequest) async throws -> Response {
        let question = try paths(page, page.form["query"])
        if page.form["action"] == "page" {
            return writer.redirect(to: question.address.showing(.paths(page.form["page"])).link(links))
        }
        return try change(question, page)
    }

    // MARK: All of them

    private func answer(_ shown: some Web.Page, _ page: PageRequest) -> Response {
        writer.response(shown, for: page.login?.account, to: page.request)
    }

    private func change(_ question: DashboardQuestion, _ page: PageRequest) throws -> Response {
        guard let address = question.address.answering(page.form) else { throw SettingsKit.unknownForm }
        return writer.redirect(to: address.link(links))
    }
}

extension ViewFrame {
    /// The state of a page with the segments of the site, and the ways to other periods.
    init(_ question: DashboardQuestion, in store: any EventStore) async {
        let segments = question.site.segments.map { DashboardSegment($0) }
        let steps = await question.steps(in: store)
        let zone = question.site.zone
        self.init(question.address, segments: segments, faults: question.faults, steps: steps, zone: zone)
    }
}
