import NIOHTTP1
import Support
import Testing
import Web

/// The files that pages load.
@Suite(.needsPostgres)
struct PageAssetTests {
    @Test func aFileIsKeptForEver() async throws {
        try await RunningServer.with { server in
            for file in PageAsset.all {
                let answer = try await server.ask(.GET, "/a/\(file.name)")
                #expect(answer.status == 200)
                #expect(answer.body == file.content)
                #expect(answer["Content-Type"] == file.contentType)
                #expect(answer["Cache-Control"] == "public, max-age=31536000, immutable")
                #expect(answer["Cross-Origin-Resource-Policy"] == "same-origin")
                #expect(answer["X-Content-Type-Options"] == "nosniff")
                let compressed = try await server.ask(.HEAD, "/a/\(file.name)", ["Accept-Encoding": "gzip"])
                #expect(compressed["Content-Encoding"] == "gzip")
            }
        }
    }

    @Test(arguments: ["/a/app.0.css", "/a/app.css", "/a/t.js", "/a/..%2Fapp.css"])
    func anotherVersionIsNotFound(path: String) async throws {
        try await RunningServer.with { server in
            let answer = try await server.ask(.GET, path)
            #expect(answer.status == 404)
        }
    }

    @Test func crawlersMayLoadTheTrackerOnly() async throws {
        try await RunningServer.with { server in
            let answer = try await server.ask(.GET, "/robots.txt")
            #expect(answer.body == "User-agent: *\nAllow: /t.js\nDisallow: /\n")
            let icon = try await server.ask(.GET, "/favicon.ico")
            #expect(icon["Content-Type"] == "image/svg+xml")
        }
    }

    @Test func aPageHasTheHeadersOfAllPages() async throws {
        try await RunningServer.with { server in
            let answer = try await server.ask(.GET, "/dev/keys/many?theme=dark")
            #expect(answer.status == 200)
            #expect(answer["Content-Type"] == "text/html; charset=utf-8")
            for field in PageHeaders(isEncrypted: false).fields { #expect(answer[field.name] == field.value) }
            #expect(answer.body.contains("data-theme=\"dark\""))
            let compressed = try await server.ask(.HEAD, "/dev/keys/many", ["Accept-Encoding": "gzip"])
            #expect(compressed["Content-Encoding"] == "gzip" && compressed["Vary"] == "Accept-Encoding")
            let small = try await server.ask(.HEAD, "/dev/keys/many", ["Accept-Encoding": "br"])
            #expect(small["Content-Encoding"] == nil && small["Vary"] == "Accept-Encoding")
            let unknown = try await server.ask(.GET, "/dev/keys/unknown")
            #expect(unknown.status == 404)
        }
    }
}
