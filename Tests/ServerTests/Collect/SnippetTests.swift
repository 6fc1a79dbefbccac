import Foundation
import NIOHTTP1
import Schema
import Support
import Testing

/// The scripts that the snippets of other products load.
@Suite(.needsPostgres)
struct SnippetTests {
    @Test(arguments: [("/cmb.js", "window.cmb"), ("/js/trail.js", "window.trailApp")])
    func areServed(path: String, name: String) async throws {
        try await RunningServer.with { server in
            let answer = try await server.ask(.GET, path)
            #expect(answer.status == 200)
            #expect(answer["Content-Type"] == "text/javascript; charset=utf-8")
            #expect(answer["Cache-Control"] == "public, max-age=900")
            #expect(answer["Access-Control-Allow-Origin"] == "*")
            #expect(answer["Cross-Origin-Resource-Policy"] == "cross-origin")
            #expect(answer.body.contains(name))
            // Nothing but the script's own address says where to send, and nothing is written to the console.
            #expect(!answer.body.contains("http:") && !answer.body.contains("console"))
            let tag = try #require(answer["ETag"])
            #expect(try await server.ask(.GET, path, ["If-None-Match": tag]).status == 304)
        }
    }
}
