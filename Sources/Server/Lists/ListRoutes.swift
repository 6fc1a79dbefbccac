import Analytics
import HTTP
import HTTPTypes
import Hummingbird
import Ingest
import NIOCore
import Registry

/// The lists of what a site has been sent: its hits, visits and named users, page by page or whole.
struct ListRoutes: Sendable {
    let store: any EventStore
    let access: ReportAccess
    private let streams = StreamLimit()

    init(store: any EventStore, access: ReportAccess) {
        self.store = store
        self.access = access
    }

    /// The routes but that of the hits, whose path also takes some.
    var routes: [Route] {
        [ListQuery.Kind.visits, .users].map { kind in
            Route(PathTemplate(kind.path), [.get: handler(of: kind)], cors: access.cors, headers: [.vary: "Accept"])
        }
    }

    /// The answer to `GET` for a kind of elements.
    func handler(of kind: ListQuery.Kind) -> Route.Handler {
        { request, _ in
            try await access.responding(request) { try await answer(request, kind, &$0) }
        }
    }

    private func answer(
        _ request: Request,
        _ kind: ListQuery.Kind,
        _ permission: inout Permission
    ) async throws -> Response {
        let text = request.uri.query ?? ""
        let selection = kind == .visits ? try VisitSelection(text) : nil
        let parameters = try ListParameters(
            selection?.rest ?? text,
            format: TableFormat(preferredBy: request.headers)
        )
        // Hits are shown, so a public site or a link does not do.
        let site = try await permission.lists(of: parameters.site).site
        let zone = parameters.period.zone ?? site.zone
        let period = try await store.period(
            try parameters.period.range(),
            on: parameters.period.date,
            of: site.id,
            zone: zone
        )
        var query = ListQuery(kind, of: site.id, in: period, after: parameters.after, limit: parameters.limit)
        query.includesBots = parameters.includesBots
        query.isDescending = selection?.isDescending == true
        query.selection = try selection?.hits(of: site, in: period, zone: zone, includesBots: query.includesBots)
        guard let limit = query.limit else {
            return try await whole(query, as: parameters.format, isHead: request.method == .head)
        }
        // One more tells if there is a next page.
        query.limit = limit + 1
        let rows = try await store.elements(query)
        let page = Page(kind: kind, rows: Array(rows.prefix(limit)), hasNext: rows.count > limit)
        return page.response(as: parameters.format, to: request)
    }

    /// A list that is read while it is sent.
    private func whole(_ query: ListQuery, as format: TableFormat, isHead: Bool) async throws -> Response {
        let headers: HTTPFields = [.contentType: format.contentType]
        if isHead { return Response(status: .ok, headers: headers) }
        guard let place = streams.enter() else {
            var problem = Problem.unavailable("\(StreamLimit.most) lists are being streamed, and no more are at a time")
            problem.headers[.retryAfter] = "10"
            throw problem
        }
        let text = ListText(query.kind, as: format)
        let stream = ListStream(query, store, place)
        // An error before the first element is an answer of its own; one behind it tears the connection.
        let first = try await stream.next() ?? []
        return Response(
            status: .ok,
            headers: headers,
            body: ResponseBody { writer in
                try await writer.write(ByteBuffer(string: text.head + text.lines(first)))
                while let rows = try await stream.next() {
                    try await writer.write(ByteBuffer(string: text.lines(rows)))
                }
                try await writer.finish(nil)
            }
        )
    }
}

extension ListQuery.Kind {
    fileprivate var path: String { "/api/v1/\(rawValue)" }
}

extension EventStore {
    /// The elements of a list with a limit.
    func elements(_ query: ListQuery) async throws -> [ListedRow] {
        let rows = Collected()
        try await list(query) { await rows.add($0) }
        return await rows.all
    }
}

/// The elements of a page.
private actor Collected {
    private(set) var all: [ListedRow] = []

    func add(_ rows: [ListedRow]) { all += rows }
}
