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
    var routes: [PageRoute] {
        [PageRoute("/s/{site}/refused", .site(.member), get: show)]
            + RefusedFile.allCases.flatMap { file in
                DashboardFormat.allCases.map { format in
                    PageRoute("/s/{site}/\(file.name).\(format.rawValue)", .site(.member)) { page in
                        try await rows(page, of: file, as: format)
                    }
                }
            }
    }

    @Sendable private func show(_ page: PageRequest) async throws -> Response {
        let site = try page.ownSite
        let question = RefusedQuestion(page.request.uri.query ?? "", about: site.name)
        let reader = RefusedReader(store: store)
        let shown = try await reader.answer(question, of: site.id, at: .now)
        return writer.response(shown, for: try page.account, to: page.request)
    }

    /// The answer with a file.
    ///
    /// - Throws: A `Problem` of the first parameter that does not count: a file cannot tell it beside its rows.
    private func rows(_ page: PageRequest, of file: RefusedFile, as format: DashboardFormat) async throws -> Response {
        let site = try page.ownSite
        let question = RefusedQuestion(page.request.uri.query ?? "", about: site.name)
        if let fault = question.faults.first { throw Problem(.badRequest, fault) }
        let table = try await RefusedReader(store: store).table(question, file, of: site.id, at: .now)
        return writer.response(table, as: format, to: page.request)
    }
}
