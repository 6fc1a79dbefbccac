import Foundation
import NIOHTTP1
import Support
import SystemPackage
import Testing

/// The commands `query` and `psql`, as users run them.
@Suite(.needsPostgres, .serialized)
struct QueryCommandTests {
    private static let file = """
        -- Pages of a day
        -- param least integer = 1
        SELECT path, count(*) AS views FROM hit WHERE ts >= :from AND ts < :to
         GROUP BY path HAVING count(*) >= :least ORDER BY path
        """

    /// Runs a command with some arguments.
    private typealias Run = @Sendable ([String]) async throws -> (succeeds: Bool, output: String)

    /// Lends a folder with a question, a running server with two hits, and a way to run commands beside it.
    private func withServer(
        _ body: @Sendable (Run) async throws -> Void
    ) async throws {
        try await withDataDirectory { directory in
            try await withScratch { folder in
                let queries = folder.appending("queries")
                let place = URL(filePath: queries.appending("public").string)
                try FileManager.default.createDirectory(at: place, withIntermediateDirectories: true)
                try Data(Self.file.utf8).write(to: place.appending(path: "pages.sql"))
                let prefix = ["HOURGLASS_QUERIES=\(queries)", "HOURGLASS_DATA_DIR=\(directory)"]
                let run: Run = { arguments in
                    let ended = try await HourglassProcess.run(arguments, prefix: prefix)
                    return (ended.status == .exited(0), ended.output)
                }
                #expect(try await run(["site", "add", "shop.example"]).succeeds)
                let key = try await run(["key", "add", "shop.example", "--scope", "server"]).output
                let headers: HTTPHeaders = ["Authorization": "Bearer \(key.dropLast())"]
                _ = try await HourglassProcess.with(["--data-dir", directory.string]) { server in
                    try await HTTPConversation.with(port: server.port) { conversation in
                        for path in ["a", "b", "b"] {
                            let hit = """
                                {"site":"shop.example","user":"ann","timestamp":"2026-01-05T09:00:00Z",\
                                "url":"https://shop.example/\(path)"}
                                """
                            let answer = try await conversation.ask(.POST, "/api/v1/events", headers, body: hit)
                            #expect(answer.status < 300, "\(answer.body)")
                        }
                    }
                    try await body(run)
                }
            }
        }
    }

    @Test func questionsAreListedAndAsked() async throws {
        try await withServer { run in
            let list = try await run(["query", "list"])
            #expect(list.succeeds && list.output.contains("public/pages") && list.output.contains("Pages of a day"))
            let json = try await run(["query", "list", "--json"])
            #expect(json.output.contains(#""name":"pages""#), "\(json.output)")
            let ask = ["query", "run", "shop.example", "pages", "--from", "2026-01-05", "--to", "2026-01-05"]
            let csv = try await run(ask + ["--format", "csv"])
            #expect(csv.output == "path,views\r\n/a,1\r\n/b,2\r\n", "\(csv.output)")
            let lines = try await run(ask + ["--format", "ndjson", "--set", "least=2"])
            #expect(lines.output == #"{"path":"/b","views":2}"# + "\n", "\(lines.output)")
            let object = try await run(ask + ["--json"])
            let sameObject = try await run(ask + ["--format", "json"])
            #expect(object.output.hasPrefix("{") && object.output == sameObject.output, "\(object.output)")
            let both = try await run(ask + ["--json", "--format", "csv"])
            #expect(!both.succeeds)
            let table = try await run(ask)
            #expect(table.output.contains("/b    2"), "\(table.output)")
        }
    }

    /// Commands that change something answer alike, in a sentence or as JSON.
    @Test func whatWasDoneIsTold() async throws {
        try await withServer { run in
            let added = try await run(["organisation", "add", "acme"])
            #expect(added.output == "added organisation acme\n", "\(added.output)")
            for (arguments, sentence, json) in [
                (
                    ["organisation", "rename", "acme", "Acme"], "acme is Acme now\n", #"{"name":"acme","title":"Acme"}"#
                ),
                (
                    ["site", "move", "shop.example", "acme"], "site shop.example belongs to acme\n",
                    #"{"name":"shop.example","organisation":"acme"}"#
                ),
            ] {
                let told = try await run(arguments)
                #expect(told.output == sentence, "\(told.output)")
                let object = try await run(arguments + ["--json"])
                #expect(object.output == json + "\n", "\(object.output)")
            }
        }
    }

    @Test func mistakesAreTold() async throws {
        try await withServer { run in
            for (arguments, reason) in [
                (["shop.example", "nothing"], "there is no question nothing"),
                (["nobody", "pages"], "there is no site nobody"),
                (["shop.example", "pages", "--set", "least=x"], "least"),
                (["shop.example", "pages", "--set", "other=1"], "other"),
                (["shop.example", "pages", "--from", "yesterday"], "t0"),
            ] {
                let ended = try await run(["query", "run"] + arguments)
                #expect(!ended.succeeds && ended.output.contains(reason), "\(arguments): \(ended.output)")
            }
        }
    }

    @Test func psqlReadsTheViewsOfOneSiteOrOfAll() async throws {
        try await withServer { run in
            let count = ["--", "-A", "-t", "-c", "SELECT count(*) FROM hit"]
            for (sites, hits) in [(["--site", "shop.example"], "3\n"), (["--site", "default"], "0\n"), ([], "3\n")] {
                let ended = try await run(["psql"] + sites + count)
                #expect(ended.succeeds && ended.output == hits, "\(sites): \(ended.output)")
            }
            for statement in [
                "DELETE FROM hourglass.hit", "CREATE TABLE own (a int)", "SELECT * FROM hourglass.account",
            ] {
                let ended = try await run(["psql", "--", "-c", statement])
                #expect(!ended.succeeds && ended.output.contains("ERROR"), "\(statement): \(ended.output)")
            }
            let unknown = try await run(["psql", "--site", "nobody"] + count)
            #expect(!unknown.succeeds && unknown.output.contains("there is no site nobody"), "\(unknown.output)")
        }
    }
}
