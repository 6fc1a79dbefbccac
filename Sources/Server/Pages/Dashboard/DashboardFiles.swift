import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import NIOCore
import Web

/// The rows that panels of dashboards and whole lists show, as files: `/s/{site}/series.csv` and others, and the same of
/// share links.
struct DashboardFiles: Sendable {
    let store: any EventStore
    let control: AccessControl
    let writer: PageWriter

    private static let panels: [DashboardPanel] = [.numbers, .series, .week]

    var routes: [PageRoute] {
        [("/s/{site}", PageNeed.readers), ("/share/{share}", .nothing)].flatMap { start, need in
            DashboardFormat.allCases.flatMap { format in
                Self.panels.map { panel in
                    PageRoute(
                        "\(start)/\(panel.name).\(format.rawValue)",
                        need,
                        get: { try await file($0, panel, format) }
                    )
                } + [
                    PageRoute("\(start)/list/{list}.\(format.rawValue)", need, get: { try await listFile($0, format) })
                ]
            }
        }
    }

    private func file(_ page: PageRequest, _ panel: DashboardPanel, _ format: DashboardFormat) async throws -> Response
    {
        var question = try await DashboardGate(control: control).question(page, page.request.uri.query ?? "")
        let reader = DashboardReader(store: store, registry: control.registry)
        let answers = try await reader.answers(&question, panel)
        guard let table = answers.table(of: panel) else { throw PageFailure.notFound }
        return try answer(table, format, page, question)
    }

    private func listFile(_ page: PageRequest, _ format: DashboardFormat) async throws -> Response {
        let name = page.scope.pathParameters["list"] ?? ""
        guard let tab = DashboardTab(rawValue: String(name)) else { throw PageFailure.notFound }
        let parameters = DashboardListParameters(page.request.uri.query ?? "")
        var question = try await DashboardGate(control: control).question(page, parameters.rest)
        let (query, report) = try await DashboardListReader(store: store).report(&question, tab, parameters)
        return try answer(ReportTable(report, to: query), format, page, question)
    }

    /// The answer with a file.
    ///
    /// - Throws: A `Problem` of the first part of the address that does not count: a file cannot tell it beside its rows.
    private func answer(
        _ table: ReportTable,
        _ format: DashboardFormat,
        _ page: PageRequest,
        _ question: DashboardQuestion
    ) throws -> Response {
        if let fault = question.faults.first { throw Problem(.badRequest, fault) }
        return writer.response(table, as: format, to: page.request)
    }
}

extension PageWriter {
    /// The answer with the rows of a page as a file.
    func response(_ table: ReportTable, as format: DashboardFormat, to request: Request) -> Response {
        let (text, form) = format == .csv ? (table.csv, TableFormat.csv) : (table.json.description, .json)
        return response(Array(text.utf8), type: form.contentType, to: request)
    }
}
