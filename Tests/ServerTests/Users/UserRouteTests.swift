import Foundation
import NIOHTTP1
import Schema
import Support
import Testing

/// `/api/v1/users/{user}` and `/api/v1/jobs`.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct UserRouteTests {
    private struct Profile: Decodable {
        struct Hit: Decodable {
            let time: String
            let path: String
            let props: [String: String?]?
        }

        let user: String
        let traits: [String: String]
        let first_seen: String
        let last_seen: String
        let hits: [Hit]
    }

    private struct ListedJob: Decodable {
        let id: Int
        let kind: String
        let state: String
        let progress: Double
    }

    private struct Jobs: Decodable { let jobs: [ListedJob] }

    private static let ann = "/api/v1/users/ann%2Fb%C3%A9"

    private static func decode<T: Decodable>(_: T.Type, _ answer: HTTPAnswer) throws -> T {
        try JSONDecoder().decode(T.self, from: Data(answer.body.utf8))
    }

    private static func authorized(_ key: String) -> HTTPHeaders { ["Authorization": "Bearer \(key)"] }

    /// Stores hits of `ann/bé`, several of which have the same time, beside one of a device of hers and one of Bob.
    private static func storeHits(_ shop: CollectServer) async throws {
        let lines = (0..<9).map { index in
            #"{"user":"ann/bé","url":"https://shop.example/\#(index)","timestamp":\#(1_700_000_000 + index / 4 * 60),"#
                + #""props":{"n":"\#(index)","none":null}}"#
        }
        let others = [
            #"{"user":"bob","url":"https://shop.example/b","timestamp":1700000000}"#,
            #"{"user":"ann/bé","visitor":"dev","url":"https://shop.example/9","timestamp":1700000100}"#,
            #"{"visitor":"dev","name":"click","url":"https://shop.example/d","timestamp":1700000000}"#,
        ]
        let body = "[" + (lines + others).joined(separator: ",") + "]"
        #expect(try await shop.post(body, key: shop.trusted).body.contains(#""accepted":12"#))
        let identity = #"{"user":"ann/bé","traits":{"plan":"paid"},"timestamp":1700000050}"#
        #expect(try await shop.post(identity, to: "/api/v1/identify", key: shop.trusted).status == 204)
    }

    @Test(arguments: Flavour.allCases)
    func aUserIsShownPageByPage(flavour: Flavour) async throws {
        try await CollectServer.with(flavour) { shop in
            try await Self.storeHits(shop)
            var target: String? = Self.ann + "?limit=3"
            var paths: [String] = []
            var pages = 0
            while let next = target, pages < 9 {
                let answer = try await shop.server.ask(.GET, next, Self.authorized(shop.trusted))
                #expect(answer.status == 200)
                let profile = try Self.decode(Profile.self, answer)
                #expect(profile.user == "ann/bé")
                #expect(profile.traits == ["plan": "paid"])
                #expect(profile.first_seen == "2023-11-14T22:13:20Z")
                #expect(profile.last_seen == "2023-11-14T22:15:20Z")
                paths += profile.hits.map(\.path)
                #expect(profile.hits.allSatisfy { $0.path == "/9" || $0.props?.keys.sorted() == ["n", "none"] })
                pages += 1
                target = answer["Link"].map { String($0.dropFirst().prefix { $0 != ">" }) }
                if target != nil { #expect(answer["Link"]?.hasSuffix(#">; rel="next""#) == true) }
            }
            #expect(pages == 4)
            #expect(paths.count == 10)
            #expect(Set(paths) == Set((0..<10).map { "/\($0)" }))
            #expect(paths.first == "/8")
            #expect(paths.dropFirst().first == "/9")
        }
    }

    @Test func aUserIsForgotten() async throws {
        try await CollectServer.with { shop in
            try await Self.storeHits(shop)
            let answer = try await shop.server.ask(.DELETE, Self.ann, Self.authorized(shop.trusted))
            #expect(answer.status == 202)
            let job = try Self.decode(ListedJob.self, answer)
            #expect(job.kind == "forget user")
            let location = try #require(answer["Location"])
            #expect(location == "/api/v1/jobs/\(job.id)")
            #expect(try await shop.server.ask(.GET, Self.ann, Self.authorized(shop.trusted)).status == 404)
            #expect(try await shop.values("SELECT count(*) FROM alias") == ["0"])
            // The events are of 2023, whose hours are refreshed when nothing has been stored in them for ten seconds.
            try await eventually {
                _ = try await shop.values("SELECT pg_sleep(0.02)")
                let shown = try await shop.server.ask(.GET, location, Self.authorized(shop.trusted))
                return try Self.decode(ListedJob.self, shown).state == "done"
            }
            #expect(try await shop.values("SELECT count(*) FROM hit") == ["1"])
            let list = try await shop.server.ask(.GET, "/api/v1/jobs", Self.authorized(shop.trusted))
            #expect(try Self.decode(Jobs.self, list).jobs.map(\.id) == [job.id])
            // Other sites have no such job.
            #expect(try await shop.server.ask(.GET, location, Self.authorized(shop.other)).status == 404)
            let others = try await shop.server.ask(.GET, "/api/v1/jobs", Self.authorized(shop.other))
            #expect(try Self.decode(Jobs.self, others).jobs.isEmpty)
        }
    }

    @Test func jobsAreListedPageByPage() async throws {
        try await CollectServer.with { shop in
            // A step of a job before may have the lock for longer than a request waits: 503, and to be asked again.
            for _ in 0..<5 {
                try await eventually {
                    try await shop.server.ask(.DELETE, "/api/v1/users/x", Self.authorized(shop.trusted)).status == 202
                }
            }
            var target: String? = "/api/v1/jobs?limit=2&site=shop"
            var ids: [Int] = []
            while let next = target, ids.count < 9 {
                let answer = try await shop.server.ask(.GET, next, Self.authorized(shop.trusted))
                ids += try Self.decode(Jobs.self, answer).jobs.map(\.id)
                target = answer["Link"].map { String($0.dropFirst().prefix { $0 != ">" }) }
            }
            #expect(ids.count == 5)
            #expect(ids == ids.sorted(by: >))
        }
    }

    @Test func onlyServerKeysMayAsk() async throws {
        try await CollectServer.with { shop in
            try await Self.storeHits(shop)
            for target in [Self.ann, "/api/v1/jobs", "/api/v1/jobs/1"] {
                for method in [.GET, .DELETE] as [HTTPMethod] where method == .GET || target == Self.ann {
                    #expect(try await shop.server.ask(method, target).status == 401)
                    #expect(try await shop.server.ask(method, "\(target)?key=\(shop.write)").status == 401)
                    for key in [shop.write, shop.read] {
                        #expect(try await shop.server.ask(method, target, Self.authorized(key)).status == 403)
                    }
                    let named = try await shop.server.ask(method, "\(target)?site=shop", Self.authorized(shop.other))
                    #expect(named.status == 403)
                    #expect(try await shop.server.ask(method, target, Self.authorized("hgs_x")).status == 401)
                }
            }
            #expect(try await shop.server.ask(.GET, Self.ann, Self.authorized(shop.other)).status == 404)
            #expect(try await shop.server.ask(.GET, Self.ann, Self.authorized(shop.trusted)).status == 200)
            #expect(try await shop.values("SELECT count(*) FROM job") == ["0"])
        }
    }

    private static let faultyRequests: [(target: String, status: Int, field: String?)] = [
        ("/api/v1/users/" + String(repeating: "u", count: 257), 400, "user"), ("/api/v1/users/a%00b", 400, "user"),
        ("/api/v1/users/%ff", 404, nil), ("/api/v1/users/", 404, nil), ("/api/v1/users/a/b", 404, nil),
        ("/api/v1/users/a?limit=0", 400, "limit"), ("/api/v1/users/a?limit=1001", 400, "limit"),
        ("/api/v1/users/a?limit=%31", 400, "limit"), ("/api/v1/users/a?from=1", 400, "from"),
        ("/api/v1/users/a?from=-1-1", 400, "from"), ("/api/v1/users/a?from=99999999999999999999-1", 400, "from"),
        ("/api/v1/users/a?from=1-9223372036854775807", 400, "from"), ("/api/v1/users/a?from=1-1", 404, nil),
        ("/api/v1/users/" + String(repeating: "u", count: 256), 404, nil), ("/api/v1/jobs?from=x", 400, "from"),
        ("/api/v1/jobs/9223372036854775807", 404, nil), ("/api/v1/jobs/99999999999999999999", 404, nil),
        ("/api/v1/jobs/x", 404, nil), ("/api/v1/jobs?from=9223372036854775807", 200, nil),
    ]

    @Test func faultyRequestsAreRefused() async throws {
        try await CollectServer.with { shop in
            for (target, status, field) in Self.faultyRequests {
                let answer = try await shop.server.ask(.GET, target, Self.authorized(shop.trusted))
                #expect(answer.status == status, "\(target)")
                if let field { #expect(answer.body.contains(#""field":"\#(field)""#)) }
            }
        }
    }

    @Test func withoutADatabaseNothingIsForgotten() async throws {
        try await CollectServer.with { shop in
            try await shop.database.breakConnections(allow: false)
            for (method, target) in [(HTTPMethod.DELETE, Self.ann), (.GET, Self.ann), (.GET, "/api/v1/jobs")] {
                let answer = try await shop.server.ask(method, target, Self.authorized(shop.trusted))
                #expect(answer.status == 503)
                #expect(answer["Retry-After"] == "1")
            }
            try await shop.database.breakConnections(allow: true)
        }
    }
}
