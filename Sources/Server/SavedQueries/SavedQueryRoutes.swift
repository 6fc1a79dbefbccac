import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Registry

/// The routes `/api/public` and `/api/private`, which list saved questions in SQL, and those below, which ask one.
struct SavedQueryRoutes: Sendable {
    let access: ReportAccess
    private let crumby: CrumbyReadingRoutes
    private let queries: SavedQueries
    private let desk: SavedQueryDesk

    init(store: any EventStore, access: ReportAccess, queries: SavedQueries, crumby: CrumbyReadingRoutes) {
        self.access = access
        self.crumby = crumby
        self.queries = queries
        desk = SavedQueryDesk(store: store, queries: queries)
    }

    var routes: [Route] {
        SavedQuery.Audience.allCases.flatMap { audience in
            [
                Route(
                    PathTemplate("/api/\(audience.rawValue)"),
                    [.get: { request, _ in try await list(request, audience) }],
                    cors: access.cors
                ),
                Route(
                    PathTemplate("/api/\(audience.rawValue)/{query}"),
                    [.get: { request, scope in try await answer(request, scope, audience) }],
                    cors: access.cors,
                    headers: [.vary: "Accept"]
                ),
            ]
        }
    }

    private func list(_ request: Request, _ audience: SavedQuery.Audience) async throws -> Response {
        try await access.answering(request) { permission in
            let parameters = try Parameters(request)
            _ = try await permit(&permission, parameters.site, audience)
            let list = queries.all().filter { $0.audience == audience }
            return Answer(json: .object(["queries": .array(list.map { json($0, audience) })]))
        }
    }

    /// A question as it is listed; the words of the database about it are for those who see hits.
    private func json(_ query: SavedQuery, _ audience: SavedQuery.Audience) -> JSON {
        var query = query
        if audience == .public, query.fault != nil { query.fault = Self.notRun }
        return query.json
    }

    private func answer(
        _ request: Request,
        _ scope: RequestScope,
        _ audience: SavedQuery.Audience
    ) async throws -> Response {
        let name = scope.pathParameters["query"] ?? ""
        let query = queries.query(audience, name)
        let parameters = try Parameters(request)
        // Reports answer the same from memory, and with the filters of a link.
        if query?.isShipped != false, parameters.format == .json, CrumbyReadingRoutes.knows(name, audience) {
            return try await crumby.answer(request, name, audience)
        }
        return try await access.answering(request) { permission in
            let permitted = try await permit(&permission, parameters.site, audience)
            guard permitted.share?.hasFilters != true else {
                throw Problem(
                    .forbidden,
                    "the link has filters, which do not apply to questions in SQL",
                    field: "share"
                )
            }
            guard let query else { throw Problem(.notFound, "there is no such query here", field: "query") }
            do {
                let table = try await desk.answer(query, about: permitted.site, parameters.values)
                return Answer(table, as: parameters.format)
            } catch let fault as SQLFault {
                throw Self.problem(audience == .public ? Self.notRun : fault)
            }
        }
    }

    private func permit(
        _ permission: inout Permission,
        _ site: SiteName?,
        _ audience: SavedQuery.Audience
    ) async throws -> Access {
        switch audience {
        case .public: try await permission.aggregates(of: site)
        case .private: try await permission.everything(of: site)
        }
    }

    private static let notRun = SQLFault("the query cannot be run")

    private static func problem(_ fault: SQLFault) -> Problem {
        var problem = Problem(.unprocessableContent, fault.description, field: "query")
        if fault != notRun { problem.errors = [fault.json] }
        return problem
    }
}

extension SavedQueryRoutes {
    /// The parameters of a request.
    private struct Parameters {
        var site: SiteName?
        var format: TableFormat
        var values: [String: String] = [:]

        init(_ request: Request) throws {
            format = TableFormat(preferredBy: request.headers)
            do throws(QueryRefusal) {
                for (name, value) in try QueryParameters(request.uri.query ?? "") {
                    values[name] = value
                    switch name {
                    case "site", "site_id": site = try SiteName(parameter: value)
                    case "format": format = try TableFormat(parsing: value)
                    default: break
                    }
                }
            } catch {
                throw error.problem
            }
        }
    }
}

extension Answer {
    /// The answer with the table of a question, and the time that the database took.
    fileprivate init(_ table: QueryTable, as format: TableFormat) {
        self = format == .json ? Answer(json: table.json) : Answer(table.report, as: format)
        headers[.serverTiming] = "db;dur=\(table.milliseconds)"
        if table.isTruncated { headers[.truncated] = "true" }
    }
}

extension QueryTable {
    /// The whole milliseconds that the answer took.
    package var milliseconds: Int { Int(duration / .milliseconds(1)) }
}

extension HTTPField.Name {
    fileprivate static let serverTiming = known("Server-Timing")
    /// `true` where there are more rows than the answer has.
    fileprivate static let truncated = known("Analytics-Truncated")
}
