import FoundationEssentials
import HTTP
import HTTPTypes
import NIOHTTP1
import Support
import Testing

import Ingest
import Logging
import Registry
import Server
import Store

@Suite(.needsPostgres)
struct MethodTests {
    /// The routes of a server to which no requests are sent.
    private static let routes: RouteTable = {
        let store = PostgresStore(url: "host=/nowhere")
        return ServerRoutes(
            settings: ServerSettings(),
            meters: Meters(),
            batcher: Batcher { _ in [] },
            store: store,
            realtime: Realtime(store: store),
            registry: SiteRegistry(pool: store.registryPool, cache: nil, logger: Logger(label: "test")),
            accounts: Accounts(pool: store.accountPool),
            version: "test"
        ).table
    }()

    @Test func everyRouteNamesItsMethods() async throws {
        try await RunningServer.with { server in
            for route in Self.routes.all {
                let path = route.path.text.replacing(/\{[^}]*\}/, with: "1")
                let allow = route.methods.map(\.rawValue).joined(separator: ", ")
                let options = try await server.ask(.OPTIONS, path)
                #expect(options.status == 204)
                #expect(options["Allow"] == allow)
                let others = ["PUT", "DELETE", "PATCH", "TRACE", "PROPFIND"]
                for method in others where !route.methods.map(\.rawValue).contains(method) {
                    let answer = try await server.ask(HTTPMethod(rawValue: method), path)
                    #expect(answer.status == 405, "\(method) \(path)")
                    #expect(answer["Allow"] == allow)
                    #expect(answer["Content-Type"] == "application/problem+json")
                }
            }
        }
    }

    @Test func headIsLikeGetWithoutABody() async throws {
        try await RunningServer.with { server in
            for path in ["/analytics?timestamp=1", "/healthz", "/readyz", "/openapi.json"] {
                let get = try await server.ask(.GET, path)
                let head = try await server.ask(.HEAD, path)
                #expect(head.status == get.status)
                #expect(head["Content-Length"] == get["Content-Length"])
                #expect(head.body.isEmpty)
            }
            #expect(try await server.ask(.HEAD, "/analytics").status == 400)
        }
    }

    @Test(arguments: ["/analytics/", "/Analytics", "/analytics/x", "/metrics/../healthz", "//healthz"])
    func anUnknownPathIsAProblem(path: String) async throws {
        try await RunningServer.with { server in
            let answer = try await server.ask(.GET, path)
            #expect(answer.status == 404)
            #expect(answer["Content-Type"] == "application/problem+json")
        }
    }

    @Test func theDescriptionListsExactlyTheRoutes() async throws {
        struct Description: Decodable {
            let openapi: String
            let paths: [String: [String: Ignored]]
        }
        struct Ignored: Decodable {
            init(from decoder: any Decoder) {}
        }
        try await RunningServer.with { server in
            let text = try await server.ask(.GET, "/openapi.json").body
            let description = try JSONDecoder().decode(Description.self, from: Data(text.utf8))
            #expect(description.openapi.hasPrefix("3.1"))
            // Keys that begin with x- are extensions of OpenAPI.
            let paths = description.paths.filter { $0.key.hasPrefix("/") }
            #expect(Set(paths.keys) == Set(Self.routes.all.filter(\.isDescribed).map(\.path.text)))
            for (path, operations) in paths {
                let described = Set(
                    operations.keys.filter { ["get", "head", "options", "post", "patch", "delete"].contains($0) }
                )
                let served = Set(
                    try #require(Self.routes.all.first { $0.path.text == path }).methods.map {
                        $0.rawValue.lowercased()
                    }
                )
                #expect(described == served, "\(path)")
            }
        }
    }
}
