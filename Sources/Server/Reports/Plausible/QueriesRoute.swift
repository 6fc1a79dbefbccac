import Analytics
import HTTP
import HTTPTypes
import Hummingbird

/// The route `/api/v2/queries`, which answers many queries about a site at once, as the cards of a dashboard ask them.
struct QueriesRoute: Sendable {
    let store: any EventStore
    let access: ReportAccess
    let reader: BodyReader

    /// The largest list of queries, in bytes.
    private static let largestList = 256 << 10
    /// The most queries.
    private static let mostQueries = 50

    var route: Route { Route("/api/v2/queries", [.post: post], cors: access.cors) }

    @Sendable private func post(_ request: Request, _ scope: RequestScope) async throws -> Response {
        try await access.answering(request) { try await answer(request, &$0) }
    }

    private func answer(_ request: Request, _ permission: inout Permission) async throws -> Answer {
        let documents = try await documents(of: request)
        var asked: [AskedDocument] = []
        var periods = PeriodReader(store)
        for (place, document) in documents.enumerated() {
            do {
                asked.append(try await AskedDocument(document, &permission, &periods, store))
            } catch let refusal as QueryRefusal {
                throw refusal.within("queries[\(place)]")
            }
        }
        let reports = try await reports(to: asked)
        var rest = reports[...]
        let results = asked.map { document in
            let own = rest.prefix(document.queries.count)
            rest = rest.dropFirst(own.count)
            return document.json(of: own)
        }
        var answer = Answer(json: .object(["results": .array(results)]))
        answer.headers.append(contentsOf: reports.min { $0.moment < $1.moment }?.asOf ?? [:])
        return answer
    }

    private func reports(to asked: [AskedDocument]) async throws -> [Report] {
        do {
            return try await store.reports(asked.flatMap(\.queries))
        } catch let error as QueryError {
            for (place, document) in asked.enumerated() {
                if let refusal = document.refusal(of: error) { throw refusal.within("queries[\(place)]") }
            }
            throw error
        }
    }

    /// The queries, all about one site.
    private func documents(of request: Request) async throws -> [QueryDocument] {
        let value = try await reader.json(of: request, limit: Self.largestList)
        guard let members = value?.object, let list = members["queries"]?.array else {
            let form = #"an object {"queries": […]} of at most \#(Self.largestList) bytes"#
            throw QueryRefusal("body", "many queries are \(form)")
        }
        if let unknown = members.keys.filter({ $0 != "queries" }).min() {
            throw QueryRefusal.at(unknown, "Schema does not allow additional properties.")
        }
        guard (1...Self.mostQueries).contains(list.count) else {
            throw QueryRefusal("queries", "there are 1 to \(Self.mostQueries) queries")
        }
        var documents: [QueryDocument] = []
        for (place, entry) in list.enumerated() {
            do {
                documents.append(try QueryDocument(entry))
            } catch {
                throw error.within("queries[\(place)]")
            }
            guard documents[place].site == documents[0].site else {
                throw QueryRefusal("queries[\(place)].site_id", "all queries of a list are about one site")
            }
        }
        return documents
    }
}
