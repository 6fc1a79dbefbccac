import Analytics
import NIOHTTP1
import Schema
import Support
import Testing

/// `GET /api/v1/realtime`, and the present visitors of Plausible's API.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct RealtimeTests {
    /// The first figures whose reading began after the answer have the hit, also those of another server.
    @Test(arguments: Flavour.allCases)
    func theNextFiguresHaveWhatWasStored(flavour: Flavour) async throws {
        try await CollectServer.with(flavour) { shop in
            try await RunningServer.with(shop.database) { other in
                for port in [shop.server.port, other.port] {
                    try await Self.follow(shop, port: port)
                }
            }
        }
    }

    private static func follow(_ shop: CollectServer, port: Int) async throws {
        let headers: HTTPHeaders = ["Authorization": "Bearer \(shop.read)"]
        try await EventStream.with(port: port, CollectServer.live, headers) { stream in
            #expect(stream.head.headers.first(name: "Content-Type") == "text/event-stream")
            var paths: [String] = []
            for round in 1...5 {
                let before = paths
                let new = "/\(port)/\(round)"
                let names = ["pageview", "engagement", "click", "impression", "Sign up"]
                #expect(try await shop.view([new], name: names[round - 1]).status == 200)
                let answered = Timestamp.now.textInMilliseconds
                var counts: LiveCounts?
                while counts.map({ $0.at < answered }) ?? true {
                    let message = try #require(try await stream.next("counts", paths: &paths))
                    counts = try message.decoded(LiveCounts.self)
                }
                // Before the figures come the hits.
                #expect(paths.suffix(1) == [new] && paths.count <= before.count + 50)
                let people = Int(try await shop.present()) ?? 0
                #expect(counts?.visitors_5m == people)
                #expect(counts?.visitors_30m == people)
                #expect(counts?.minutes.count == 30)
                #expect(counts?.hour.map { $0.clicks == (round < 3 ? 0 : 1) } == true || port != shop.server.port)
            }
            #expect(Set(paths).count == paths.count)
        }
    }

    @Test func engagementAndMachinesMakeNobodyPresent() async throws {
        try await CollectServer.with { shop in
            let engaged = try await shop.view(["/a"], name: "engagement")
            let bot = #"[{"url":"https://shop.example/b","visitor":"b","user_agent":"Googlebot/2.1"}]"#
            let machine = try await shop.post(bot, key: shop.trusted)
            #expect(engaged.status == 200 && machine.status == 200)
            #expect(try await shop.present() == "0")
            #expect(try await shop.view(["/a", "/c"]).status == 200)
            #expect(try await shop.present() == "2")
            let missing = try await shop.ask("/api/v1/stats/realtime/visitors")
            #expect(missing.status == 400 && missing.body.contains("Missing site ID."))
            try await shop.stream { stream in
                var paths: [String] = []
                let message = try #require(try await stream.next("counts", paths: &paths))
                #expect(try message.decoded(LiveCounts.self).visitors_5m == 2)
                #expect(paths == ["/a", "/a", "/c"])
            }
        }
    }

    /// Links and public sites get counts, with the filters of the link.
    @Test func whoHasNoKeySeesCountsAlone() async throws {
        try await CollectServer.with(settings: #"{"public":true}"#) { shop in
            let link = try await shop.database.addShare(to: "shop")
            let narrow = try await shop.database.addShare(#"[["is","event:page",["/a"]]]"#, to: "shop")
            try await eventually { try await shop.ask("/api/v1/stats?site=shop", share: narrow).status == 200 }
            #expect(try await shop.view(["/a", "/b"]).status == 200)
            #expect(try await shop.view(["/a"], name: "click").status == 200)
            for (target, people) in [
                ("/api/v1/realtime?share=\(link)", 2), (CollectServer.live, 2), ("/api/v1/realtime?share=\(narrow)", 1),
            ] {
                try await EventStream.with(port: shop.server.port, target) { stream in
                    let first = try #require(try await stream.next())
                    #expect(first.event == "counts" && first.id == nil)
                    let counts = try first.decoded(LiveCounts.self)
                    #expect(counts.visitors_5m == people && counts.visitors_30m == people)
                    #expect(counts.minutes.reduce(0) { $0 + $1.pageviews } == people)
                    #expect(counts.minutes.count == 30)
                    #expect((counts.hour == nil) == target.contains(narrow))
                    #expect(try await shop.view(["/b", "/c"], name: "click").status == 200)
                    let later = try #require(try await stream.next())
                    #expect(later.event == "counts")
                    let present = "/api/v1/stats/realtime/visitors?site_id=shop"
                    #expect(try await shop.ask(present, share: narrow).body == "1")
                }
                try await shop.database.run(
                    """
                    INSERT INTO touched_time (site_id, first, last)
                    SELECT hit.site_id, ts, ts FROM hit JOIN path ON path.id = path_id WHERE text = '/c';
                    DELETE FROM hit USING path WHERE path.id = path_id AND text = '/c';
                    """
                )
            }
        }
    }

    @Test func whoMayNotAskIsTold() async throws {
        try await CollectServer.with { shop in
            for (key, status) in [(shop.write, 403), (shop.trusted, 403), (shop.other, 403), ("hgr_x", 401)] {
                let answer = try await shop.server.ask(.GET, CollectServer.live, ["Authorization": "Bearer \(key)"])
                #expect(answer.status == status, "\(answer.body)")
                #expect(answer["Content-Type"] == "application/problem+json")
            }
            #expect(try await shop.server.ask(.GET, CollectServer.live).status == 401)
            let unknown = try await shop.ask(CollectServer.live + "&period=day")
            #expect(unknown.status == 400 && unknown.body.contains(#""field":"period""#))
            let head = try await shop.server.ask(.HEAD, CollectServer.live, ["Authorization": "Bearer \(shop.read)"])
            #expect(head.status == 200 && head.body.isEmpty)
        }
    }
}

extension CollectServer {
    /// The present visitors, as text.
    fileprivate func present() async throws -> String {
        try await ask("/api/v1/stats/realtime/visitors?site_id=shop").body
    }
}
