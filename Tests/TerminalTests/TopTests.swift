import Analytics
import FoundationEssentials
import Glibc
import NIOHTTP1
import Schema
import Support
import SystemPackage
import Testing

@testable import Terminal

/// `hourglass top`, as users run it, against a server of these tests.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct TopTests {
    private static let hit = #"{"url":"https://shop.example/tea","visitor":"v1"}"#

    /// A server with a site `shop`, and a read key of it.
    private static func withShop(_ body: @Sendable (RunningServer, String) async throws -> Void) async throws {
        try await withDatabase(.postgres) { database in
            try await database.addSite("shop", hosts: ["shop.example"])
            let trusted = try await database.addKey(.server, to: "shop")
            let read = try await database.addKey(.read, to: "shop")
            try await RunningServer.with(database) { server in
                let answer = try await server.ask(
                    .POST,
                    "/api/v1/events",
                    ["Authorization": "Bearer \(trusted)", "Content-Type": "application/json"],
                    body: hit
                )
                #expect(answer.status == 204)
                try await body(server, read)
            }
        }
    }

    @Test(.enabled(if: Tmux.isInstalled)) func theScreensShowTheServerAndTheSite() async throws {
        try await Self.withShop { server, read in
            try await Tmux.with(width: 110, height: 40) { tmux in
                try await tmux.type("echo before")
                let url = "http://127.0.0.1:\(server.port)"
                try await tmux.type("\(HourglassProcess.path) top --url \(url) --site shop --key \(read)")
                for text in ["hourglass test", "ready", "requests/s", "maintenance", "queue", "q quit"] {
                    try await tmux.wait(for: text)
                }
                try await tmux.press("2")
                for text in ["[shop]", "5 min 1", "/tea", "the hour to"] { try await tmux.wait(for: text) }
                try await tmux.press("?")
                try await tmux.wait(for: "draw the screen anew")
                try await tmux.press("1")
                // Narrow, and then too small: no line of before is left.
                try await tmux.resize(width: 60, height: 30)
                try await eventually {
                    let screen = try await tmux.screen()
                    return screen.contains { $0.contains("requests/s") } && !screen.contains { $0.contains("│") }
                }
                try await tmux.resize(width: 30, height: 6)
                try await eventually { try await tmux.screen().filter { !$0.isEmpty } == ["too small"] }
                try await tmux.resize(width: 110, height: 40)
                try await tmux.wait(for: "q quit")
                #expect(try await tmux.screen(hasColours: true).contains { $0.contains("\u{1b}[32m") })
                try await tmux.press("q")
                // The screen of before is back, and the terminal shows what is typed.
                try await tmux.wait(for: "prompt> echo before")
                try await tmux.waitForPrompt()
                try await tmux.type("echo after")
                try await tmux.wait(for: "prompt> echo after")
                #expect(try await !tmux.screen().contains { $0.contains("requests/s") })
            }
        }
    }

    @Test(.enabled(if: Tmux.isInstalled)) func keysChangeWhatIsAskedAboutTheSite() async throws {
        try await Self.withShop { server, read in
            try await withScratch { file in
                try await Tmux.with(width: 120, height: 50) { tmux in
                    try await tmux.type("cd \(file.removingLastComponent())")
                    let url = "http://127.0.0.1:\(server.port)"
                    try await tmux.type("\(HourglassProcess.path) top --url \(url) --site shop --key \(read)")
                    try await tmux.wait(for: "requests/s")
                    try await tmux.press("2")
                    for text in ["totals, today", "pageviews", "visitors, by figure"] { try await tmux.wait(for: text) }
                    try await tmux.press("t", "x", "o")
                    // The seven days end before today.
                    for text in ["totals, 7 days", "before 0"] { try await tmux.wait(for: text) }
                    try await tmux.press("t", "t", "t")
                    for text in ["totals, today", "visitors, by name"] { try await tmux.wait(for: text) }
                    try await tmux.press("/")
                    try await tmux.wait(for: "filter: _")
                    try await tmux.type("page==/coffee")
                    for text in ["totals, today, page==/coffee", "none"] { try await tmux.wait(for: text) }
                    try await tmux.press("Escape")
                    try await eventually { try await !tmux.screen().contains { $0.contains("coffee") } }
                    try await tmux.press("w")
                    try await tmux.wait(for: "written to hourglass-shop-")
                    try await tmux.press("q")
                    try await tmux.waitForPrompt()
                    try await tmux.type("grep -h /tea hourglass-shop-*.csv")
                    try await tmux.wait(for: "\"pages, today\",/tea,1,")
                }
            }
        }
    }

    @Test(.enabled(if: Tmux.isInstalled)) func everyPageShowsTheServer() async throws {
        try await Self.withShop { server, read in
            _ = try await server.ask(.POST, "/analytics?timestamp=1&user=a&event=view")
            try await Tmux.with(width: 120, height: 50) { tmux in
                let url = "http://127.0.0.1:\(server.port)"
                try await tmux.type("\(HourglassProcess.path) top --url \(url) --site shop --key \(read)")
                try await tmux.wait(for: "requests/s")
                try await tmux.press("3")
                for text in ["people in the hour", "the last hour", "most ", "minutes, UTC", "1 visitors"] {
                    try await tmux.wait(for: text)
                }
                try await tmux.press("t")
                try await tmux.wait(for: "the last day")
                try await tmux.press("/")
                try await tmux.type("1 visitors")
                try await tmux.press("Enter")
                for text in ["hits of ", "/tea"] { try await tmux.wait(for: text) }
                try await tmux.press("4")
                for text in ["commit time, p99", "batches sent again"] { try await tmux.wait(for: text) }
                try await tmux.press("/")
                try await tmux.wait(for: "find: _")
                try await tmux.type("maint")
                try await tmux.press("Enter")
                try await tmux.wait(for: "Counts closed hours")
                try await tmux.press("5")
                for text in ["processors", "cpu0", "postgres"] { try await tmux.wait(for: text) }
                try await tmux.press("6")
                for text in [
                    "refused by this server", "event: neither click nor", "hits of shop in seven days",
                ] {
                    try await tmux.wait(for: text)
                }
                try await tmux.press("Down", "Enter")
                try await tmux.wait(for: "remedy")
                // Back to the list of a page, and a row of it as a filter.
                try await tmux.press("2")
                try await tmux.wait(for: "visitors, by figure")
                try await tmux.press("Down", "Enter")
                try await tmux.wait(for: "today, page==/tea")
                try await tmux.press("q")
                try await tmux.waitForPrompt()
            }
        }
    }

    @Test(.enabled(if: Tmux.isInstalled), arguments: [SIGTERM, SIGHUP, SIGINT])
    func signalsGiveTheTerminalBack(signal: Int32) async throws {
        try await Self.withShop { server, _ in
            try await withScratch { file in
                try await Tmux.with(width: 80, height: 24) { tmux in
                    let top = "\(HourglassProcess.path) top --url http://127.0.0.1:\(server.port) --no-color"
                    try await tmux.type("sh -c 'echo $$ >\(file); exec \(top)'")
                    try await tmux.wait(for: "requests/s")
                    let colours = try await tmux.screen(hasColours: true).joined()
                    #expect(!colours.contains(/\u{1b}\[3[0-7]/))
                    kill(try #require(Int32(try Self.text(of: file))), signal)
                    try await tmux.wait(for: "prompt> sh -c")
                    try await tmux.type("stty -a | grep -q -w -e -icanon || echo canonical")
                    try await eventually { try await tmux.screen().contains("canonical") }
                }
            }
        }
    }

    @Test(.enabled(if: Tmux.isInstalled)) func ctrlZStopsAndGoesOn() async throws {
        try await Self.withShop { server, _ in
            try await Tmux.with(width: 80, height: 24) { tmux in
                try await tmux.type("set -m")
                try await tmux.type("\(HourglassProcess.path) top --url http://127.0.0.1:\(server.port)")
                try await tmux.wait(for: "requests/s")
                try await tmux.press("C-z")
                try await tmux.wait(for: "Stopped")
                try await tmux.type("fg")
                try await tmux.wait(for: "requests/s")
                try await tmux.press("C-c")
                try await tmux.wait(for: "prompt> fg")
            }
        }
    }

    @Test(.enabled(if: Tmux.isInstalled)) func aServerThatIsAwayIsWaitedFor() async throws {
        try await withDatabase(.postgres) { database in
            var launch = HourglassProcess.Launch(["--database-url", database.serverURL])
            launch.port = try await freePort()
            try await Tmux.with(width: 100, height: 40) { [launch] tmux in
                _ = try await HourglassProcess.with(launch) { server in
                    try await tmux.type("\(HourglassProcess.path) top --url http://127.0.0.1:\(server.port)")
                    try await tmux.wait(for: "requests/s")
                }
                // The last figures stay.
                try await tmux.wait(for: "no answer, trying again")
                try await tmux.wait(for: "requests/s")
                _ = try await HourglassProcess.with(launch) { _ in
                    try await tmux.wait(for: "q quit")
                    try await tmux.press("q")
                    try await tmux.waitForPrompt()
                }
            }
        }
    }

    @Test func withoutATerminalThereIsASnapshot() async throws {
        try await Self.withShop { server, _ in
            let url = "http://127.0.0.1:\(server.port)"
            let text = try await HourglassProcess.run(["top", "--url", url, "--interval", "0.25"])
            #expect(text.status == .exited(0))
            #expect(text.output.contains("requests/s") && text.output.contains("ready"), "\(text.output)")
            #expect(!text.output.contains("\u{1b}"))
            #expect(text.output.split(separator: "\n").allSatisfy { $0.count <= 80 })
            let arguments = ["top", "--url", url, "--interval", "0.25", "--json", "--count", "2"]
            let json = try await HourglassProcess.run(arguments)
            let lines = json.output.split(separator: "\n")
            #expect(json.status == .exited(0) && lines.count == 2, "\(json.output)")
            for line in lines {
                let object = try JSONDecoder().decode(Snapshot.self, from: Data(line.utf8))
                #expect(object.status == "ready" && object.queue.limit == 100_000)
                #expect(object.requests["2"] != nil && object.memory > 1_000_000)
                #expect(object.load.count == 3 && object.database > 1_000_000)
                #expect(Double(object.cores.count) == object.processors)
                #expect(object.processes.contains { $0.title.hasPrefix("postgres") })
            }
        }
    }

    @Test func aServerThatDoesNotAnswerFails() async throws {
        let port = try await freePort()
        let outcome = try await HourglassProcess.run(["top", "--once", "--url", "http://127.0.0.1:\(port)"])
        #expect(outcome.status == .exited(1))
        #expect(outcome.output.contains("no figures from http://127.0.0.1:\(port)"), "\(outcome.output)")
    }

    private static func text(of file: FilePath) throws -> String {
        String(decoding: try Data(contentsOf: URL(filePath: file.string)), as: UTF8.self).filter { $0 != "\n" }
    }

    private struct Snapshot: Decodable {
        struct Fill: Decodable { let limit: Double }

        let status: String
        let queue: Fill
        let requests: [String: Double]
        let memory: Double
        let load: [Double]
        let database: Double
        let processors: Double
        let cores: [Core]
        let processes: [LocalProcess]

        struct Core: Decodable { let busy: Double }
        struct LocalProcess: Decodable { let title: String }
    }
}
