import HTTP
import NIOHTTP1
import Schema
import Server
import Subprocess
import Support
import Testing
import Web

/// The tracker as pages load it, and as it is set up.
@Suite(.needsPostgres)
struct TrackerTests {
    private let module = Tracker(path: "/t.js", endpoint: "/api/v1/events").module
    private let script = Tracker(path: "/t.js", endpoint: "/api/v1/events").script

    @Test func anyPageMayLoadIt() async throws {
        try await RunningServer.with { server in
            for (path, text) in [("/t.js", script), ("/t.mjs", module)] {
                let answer = try await server.ask(.GET, path)
                #expect(answer.status == 200)
                #expect(answer.body == text)
                #expect(answer["Content-Type"] == "text/javascript; charset=utf-8")
                // Also without Origin: the answer may come from a cache to a page that asks with it.
                #expect(answer["Access-Control-Allow-Origin"] == "*")
                #expect(answer["Cross-Origin-Resource-Policy"] == "cross-origin")
                #expect(answer["X-Content-Type-Options"] == "nosniff")
                #expect(answer["Cache-Control"] == "public, max-age=3600, stale-while-revalidate=86400")
                #expect(answer["Vary"] == "Accept-Encoding")
                #expect(answer["Content-Encoding"] == nil)
                let head = try await server.ask(.HEAD, path)
                #expect(head.status == 200 && head.body.isEmpty)
                #expect(head["Content-Length"] == "\(text.utf8.count)")
            }
        }
    }

    @Test func aKnownVersionIsNotSentAgain() async throws {
        try await RunningServer.with { server in
            let plain = try await server.ask(.GET, "/t.js")
            let compressed = try await server.ask(.HEAD, "/t.js", ["Accept-Encoding": "gzip, br"])
            let tags = [try #require(plain["ETag"]), try #require(compressed["ETag"])]
            #expect(tags[0] != tags[1])
            for (tag, coding) in zip(tags, ["identity", "gzip"]) {
                for known in [tag, "W/\(tag)", "\"x\", \(tag)", "*"] {
                    let headers: HTTPHeaders = ["If-None-Match": known, "Accept-Encoding": coding]
                    let answer = try await server.ask(.GET, "/t.js", headers)
                    #expect(answer.status == 304 && answer.body.isEmpty, "\(known) \(coding)")
                    #expect(answer["ETag"] == tag)
                    #expect(answer["Vary"] == "Accept-Encoding" && answer["Access-Control-Allow-Origin"] == "*")
                }
                let other = try await server.ask(.HEAD, "/t.js", ["If-None-Match": "\"x\"", "Accept-Encoding": coding])
                #expect(other.status == 200)
            }
        }
    }

    @Test(arguments: [
        ("gzip", true), ("deflate, GZIP;q=0.5", true), ("*", true), ("br, *;q=0.1", true), ("gzip;q=0", false),
        ("gzip; q=0.000, *", false), ("*;q=0", false), ("br", false), ("", false), ("identity", false),
    ])
    func itIsCompressedForThoseWhoAcceptIt(accepted: String, isCompressed: Bool) async throws {
        try await RunningServer.with { server in
            let answer = try await server.ask(.HEAD, "/t.js", ["Accept-Encoding": accepted])
            #expect(answer["Content-Encoding"] == (isCompressed ? "gzip" : nil))
            let length = try #require(answer["Content-Length"].flatMap { Int($0) })
            #expect(isCompressed ? length <= 2_650 : length == script.utf8.count, "\(length)")
        }
    }

    /// curl reads what the server has compressed.
    @Test func theCompressedScriptIsTheScript() async throws {
        try await RunningServer.with { server in
            let result = try await Subprocess.run(
                .name("curl"),
                arguments: ["-s", "--compressed", "http://127.0.0.1:\(server.port)/t.js"],
                output: .string(limit: 1 << 20)
            )
            #expect(result.standardOutput == script)
        }
    }

    @Test func theNameOfAVersionIsForEver() async throws {
        try await RunningServer.with { server in
            let tag = try #require(try await server.ask(.GET, "/t.js")["ETag"])
            let hash = tag.filter { $0 != "\"" }
            let answer = try await server.ask(.GET, "/t.\(hash).js")
            #expect(answer.status == 200 && answer.body == script)
            #expect(answer["Cache-Control"] == "public, max-age=31536000, immutable")
            for version in ["\(hash.dropLast())", "0", "", hash.uppercased(), "\(hash).\(hash)"] {
                let unknown = try await server.ask(.GET, "/t.\(version).js")
                #expect(unknown.status == 404, "\(version)")
                #expect(unknown["Content-Type"] == "application/problem+json")
            }
        }
    }

    @Test func pathsAreSettings() async throws {
        var settings = ServerSettings()
        settings.trackerPath = try #require(RoutePath("/js/app.js"))
        settings.collectPath = try #require(RoutePath("/x/e"))
        try await CollectServer.with(.postgres, settings) { shop in
            let script = try await shop.server.ask(.GET, "/js/app.js")
            #expect(script.body == Tracker(path: "/js/app.js", endpoint: "/x/e").script)
            #expect(try await shop.server.ask(.GET, "/js/app.mjs").body.contains("'../x/e'"))
            #expect(try await shop.server.ask(.GET, "/t.js").status == 404)
            for path in ["/x/e", "/api/v1/events"] {
                let hit = #"{"site": "shop", "url": "https://shop.example\#(path)"}"#
                #expect(try await shop.post(hit, to: path).status == 204)
            }
            let identity = #"{"site": "shop", "user": "u"}"#
            #expect(try await shop.post(identity, to: "/x/identify").status == 204)
            #expect(try await shop.values("SELECT count(*)::int FROM hit") == ["2"])
        }
    }

    /// A page may read why its hit was refused.
    @Test func theReasonOfARefusalIsExposed() async throws {
        try await CollectServer.with { shop in
            let headers: HTTPHeaders = ["Origin": "https://shop.example", "Content-Type": "text/plain;charset=UTF-8"]
            let answer = try await shop.post(#"{"site": "shop", "name": ""}"#, headers)
            #expect(answer.status == 204)
            #expect(answer["Analytics-Rejected"]?.hasPrefix("name") == true)
            #expect(answer["Access-Control-Allow-Origin"] == "*")
            #expect(answer["Access-Control-Expose-Headers"] == "Analytics-Rejected")
            #expect(try await shop.post(#"{"site": "shop"}"#)["Access-Control-Expose-Headers"] == nil)
        }
    }

    @Test(arguments: [
        "", "/", "x", "//", "/a//b", "/a/", "/../x", "/.", "/a b", "/ä.js", "/api/x", "/analytics", "/x?y", "/{a}",
    ])
    func aPathIsPlain(text: String) {
        #expect(RoutePath(text) == nil)
    }
}
