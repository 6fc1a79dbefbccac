import Foundation
import NIOHTTP1
import Schema
import Support
import Testing

/// `/api/v1/segments` and `/api/v1/segments/{id}`, and questions that name segments.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct SegmentRouteTests {
    private static let path = "/api/v1/segments"
    private static let german = #"{"name":"Germans","filters":[["is","visit:country",["DE"]]]}"#

    private static func authorized(_ key: String) -> HTTPHeaders { ["Authorization": "Bearer \(key)"] }

    @Test(arguments: Flavour.allCases)
    func segmentsAreAddedListedAndRemoved(flavour: Flavour) async throws {
        try await CollectServer.with(flavour) { shop in
            let added = try await shop.post(Self.german, to: Self.path, key: shop.trusted)
            #expect(added.status == 201)
            let written = #"{"id":1,"name":"Germans","type":"site","filters":[["is","visit:country",["DE"]]]}"#
            #expect(added.body == written)
            #expect(try await shop.post(Self.german, to: Self.path, key: shop.trusted).status == 409)
            #expect(try await shop.post(Self.german, to: Self.path, key: shop.other).status == 201)
            for (key, query) in [(shop.read, "?site=shop"), (shop.trusted, "")] {
                let listed = try await shop.server.ask(.GET, Self.path + query, Self.authorized(key))
                #expect(
                    listed.body.hasPrefix(
                        #"{"site":"shop","segments":[{"id":1,"name":"Germans","type":"site","filters":[["is""#
                    )
                )
            }
            for (key, status) in [(nil, 401), (shop.write, 403), (shop.read, 403)] as [(String?, Int)] {
                #expect(try await shop.post(Self.german, to: Self.path, key: key).status == status)
                let headers = key.map(Self.authorized) ?? [:]
                #expect(try await shop.server.ask(.DELETE, Self.path + "/1", headers).status == status)
            }
            #expect(try await shop.server.ask(.DELETE, Self.path + "/1", Self.authorized(shop.other)).status == 404)
            #expect(try await shop.server.ask(.DELETE, Self.path + "/1", Self.authorized(shop.trusted)).status == 204)
            #expect(try await shop.server.ask(.DELETE, Self.path + "/1", Self.authorized(shop.trusted)).status == 404)
            #expect(try await shop.ask(Self.path).body == #"{"site":"shop","segments":[]}"#)
        }
    }

    private static let noSegments: [(body: String, field: String)] = [
        ("", "body"), ("[]", "body"), ("{}", "name"), (#"{"name":""}"#, "name"), (#"{"name":1}"#, "name"),
        (#"{"name":"a\n","filters":[]}"#, "name"), (#"{"name":"a"}"#, "filters"),
        (#"{"name":"a","filters":[]}"#, "filters"), (#"{"name":"a","filters":{}}"#, "filters"),
        (#"{"name":"a","filters":[["is","visit:planet",["DE"]]]}"#, "filters"),
        (#"{"name":"a","filters":[["segment",[1]]]}"#, "filters"),
        (#"{"name":"a","filters":[["or",[["segment",[1]],["is","event:page",["/"]]]]]}"#, "filters"),
        (#"{"name":"a","filters":[["is","event:goal",["Signup"]]]}"#, "filters"),
        (#"{"name":"a","filters":[["is","event:page",["/"]]],"colour":"red"}"#, "colour"),
        (#"{"name":"a","filters":[["is","event:page",["/"]]],"site":"UPPER"}"#, "site"),
        (#"{"name":"a","filters":[["is","event:page",["/"]]],"type":"mine"}"#, "type"),
        (#"{"name":"a","filters":[["is","event:page",["/"]]],"type":"personal"}"#, "type"),
    ]

    @Test func whatIsNoSegmentIsRefused() async throws {
        try await CollectServer.with { shop in
            for (body, field) in Self.noSegments {
                let answer = try await shop.post(body, to: Self.path, key: shop.trusted)
                #expect(answer.status == 400, "\(body)")
                #expect(answer.body.contains(#""field":"\#(field)""#), "\(answer.body)")
            }
        }
    }

    private static let counts: [(filters: String, pageviews: Int)] = [
        (#"["segment",[1]]"#, 2), (#"["segment",[2]]"#, 3), (#"["segment",[1,2]]"#, 5),
        (#"["not",["segment",[1]]]"#, 4), (#"["and",[["segment",[1]],["segment",[2]]]]"#, 0),
        (#"["or",[["segment",[1]],["is","visit:country",["FR"]]]]"#, 4),
        (#"["segment",[2]],["is","visit:country",["US"]]"#, 2),
        (#"["segment",[3]]"#, 1),
    ]

    @Test func questionsNameSegments() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            // Of the page views of /, one is of a visitor of the first segment.
            let root = #"["is","event:page",["/","/blog"]],["is_not","visit:country",["DE"]]"#
            let both = #"["contains","visit:country",["D"]],["is","event:page",["/"]]"#
            for body in [Self.german, #"{"name":"b","filters":[\#(root)]}"#, #"{"name":"c","filters":[\#(both)]}"#] {
                #expect(try await shop.post(body, to: Self.path, key: shop.trusted).status == 201)
            }
            for (filters, pageviews) in Self.counts {
                let answer = try await ask(shop, filters)
                let results = #"{"results":[{"metrics":[\#(pageviews)],"dimensions":[]}],"#
                #expect(answer.body.hasPrefix(results), "\(filters) \(answer.body)")
            }
            for (parameter, pageviews) in [("segment=1", 2), ("segment=1,2", 5), ("segment=2&filter=country==US", 2)] {
                let question = "site=shop&from=2026-01-05&to=2026-01-05&metrics=pageviews&format=csv&\(parameter)"
                let answer = try await shop.ask("/api/v1/stats?\(question)")
                #expect(answer.body == "pageviews\r\n\(pageviews)\r\n", "\(parameter) \(answer.body)")
            }
        }
    }

    /// Funnels and lists of queries mean by a segment what its filters mean.
    @Test func otherQuestionsNameSegmentsToo() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(ExampleHistory.body, key: shop.trusted).status == 200)
            #expect(try await shop.post(Self.german, to: Self.path, key: shop.trusted).status == 201)
            let common = #""site_id":"shop","date_range":["2026-01-05","2026-01-05"]"#
            var answers: [String] = []
            for filter in [#"["segment",[1]]"#, #"["is","visit:country",["DE"]]"#] {
                let steps = #""steps":[{"page":"/"},{"page":"/pricing"}]"#
                let funnel = #"{\#(common),\#(steps),"filters":[\#(filter)]}"#
                let query = #"{\#(common),"metrics":["pageviews"],"filters":[\#(filter)]}"#
                answers.append(try await shop.post(funnel, to: "/api/v1/funnels/query", key: shop.read).body)
                let list = #"{"queries":[\#(query)]}"#
                answers.append(try await shop.post(list, to: "/api/v2/queries", key: shop.read).body)
            }
            #expect(answers[0] == answers[2] && answers[1] == answers[3], "\(answers)")
            #expect(answers[0].contains(#""visitors":1"#) && answers[1].contains(#""metrics":[2]"#), "\(answers)")
            let unknown = #"{\#(common),"page":"/","filters":[["segment",[2]]]}"#
            let refused = try await shop.post(unknown, to: "/api/v1/paths/query", key: shop.read)
            #expect(refused.status == 400)
            #expect(refused.body.contains("The site has no segment 2."), "\(refused.body)")
        }
    }

    @Test func segmentsThatAreNoneAreRefused() async throws {
        try await CollectServer.with { shop in
            #expect(try await shop.post(Self.german, to: Self.path, key: shop.other).status == 201)
            for (filters, text) in [
                (#"["segment",[1]]"#, "Invalid filters. The site has no segment 1."),
                (#"["not",["segment",[99999999999]]]"#, "The site has no segment 99999999999."),
                (#"["segment",[]]"#, "Invalid filter"), (#"["segment",["1"]]"#, "Invalid filter"),
                (#"["segment",1]"#, "Invalid filter"), (#"["segment",[1.5]]"#, "Invalid filter"),
                (Array(repeating: #"["segment",[1]]"#, count: 51).joined(separator: ","), "a maximum of 50 tests"),
            ] {
                let answer = try await ask(shop, filters)
                #expect(answer.status == 400)
                #expect(answer.body.contains(text) && answer.body.contains(#""field":"filters""#), "\(answer.body)")
            }
            for parameter in ["segment=1", "segment=x", "segment=", "segment=0", "segment=1,,2"] {
                let answer = try await shop.ask("/api/v1/stats?site=shop&\(parameter)")
                #expect(answer.status == 400)
                #expect(answer.body.contains(#""field":"segment""#), "\(parameter) \(answer.body)")
            }
        }
    }

    private func ask(_ shop: CollectServer, _ filters: String) async throws -> HTTPAnswer {
        let body =
            #"{"site_id":"shop","date_range":["2026-01-05","2026-01-05"],"metrics":["pageviews"],"filters":[\#(filters)]}"#
        return try await shop.post(body, to: "/api/v2/query", key: shop.read)
    }
}
