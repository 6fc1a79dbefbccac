import Testing

@testable import Load

struct LoadOptionsTests {
    private static let mistakes: [(String, @Sendable (inout LoadOptions) -> Void)] = [
        ("url", { $0.url = "https://localhost" }),
        ("site", { $0.sites = [""] }),
        ("site", { $0.sites = ["a", "B"] }),
        ("site", { $0.sites = ["a b"] }),
        ("site", { $0.sites = ["ä"] }),
        ("site", { $0.sites = ["a&user=b"] }),
        ("site", { $0.sites = ["a", "b", "a"] }),
        ("site", { $0.sites = [String(repeating: "a", count: 101)] }),
        ("site", { $0.sites = (0...1_000).map { "s\($0)" } }),
        ("checks", { ($0.users, $0.checks, $0.sites) = (1_000_000, 1_000, ["a", "b", "c"]) }),
        ("rate", { $0.rate = 0 }),
        ("connections", { $0.connections = 0 }),
        ("events", { $0.events = 0 }),
        ("events", { $0.events = .max }),
        ("users", { $0.users = 20_000_000 }),
        ("hours", { $0.hours = 0 }),
        ("until", { $0.until = 5 }),
        ("until", { $0.until = .max }),
        ("bulk-size", { $0.bulkSize = 0 }),
        ("checks", { $0.checks = -1 }),
        ("skew", { $0.skew = .nan }),
        ("skew", { $0.skew = -1 }),
        ("late", { $0.late = 1.1 }),
        ("clicks", { $0.clicks = .infinity }),
        ("duration", { $0.duration = .zero }),
        ("timeout", { $0.timeout = .milliseconds(1) }),
        ("checks", { ($0.users, $0.checks) = (10_000_000, 1_000) }),
        ("bulk-size", { ($0.mode, $0.connections, $0.bulkSize) = (.bulk, 1_000, 100_000) }),
        ("bulk-size", { $0 = .pages { $0.bulkSize = 10_001 } }),
        ("bulk-size", { $0 = .pages { ($0.connections, $0.bulkSize) = (1_000, 10_000) } }),
        ("repeats", { $0 = .pages { $0.repeats = 1.5 } }),
        ("repeats", { $0.repeats = -0.5 }),
        ("key", { $0.keys = [LoadOptions.key(0)] }),
        ("key", { $0 = .pages { $0.keys = [] } }),
        ("key", { $0 = .pages { $0.keys = [LoadOptions.key(0), LoadOptions.key(1)] } }),
        ("key", { $0 = .pages(sites: ["a", "b"]) { $0.keys = [LoadOptions.key(0)] } }),
        ("key", { $0 = .pages { $0.keys = ["hgs_short"] } }),
        ("key", { $0 = .pages { $0.keys = ["hgw_" + LoadOptions.key(0).dropFirst(4)] } }),
        ("key", { $0 = .pages { $0.keys = ["hgs_" + String(repeating: "\n", count: 43)] } }),
    ]

    @Test func takesTheDefaults() throws {
        try LoadOptions().validate()
        let plan = try Plan(LoadOptions())
        #expect(plan.duration == .seconds(10))
        #expect(plan.expectedEvents == nil)
        #expect(plan.sites == [.standard])
    }

    @Test func takesVisitsOfPages() throws {
        #expect(try Plan(.pages { $0.connections = 10_000 }).batch == 1)
        let plan = try Plan(
            .pages(sites: ["a", "b"]) { ($0.bulkSize, $0.users, $0.checks) = (500, 10_000_000, 1_000) }
        )
        #expect(plan.batch == 500)
        #expect(plan.instants.timestamps.isEmpty)
    }

    @Test(arguments: mistakes)
    func namesTheOptionThatCannotBeUsed(option: String, change: @Sendable (inout LoadOptions) -> Void) {
        var options = LoadOptions()
        change(&options)
        let error = #expect(throws: LoadError.self) { try LoadRun(options) }
        #expect(error.map { "\($0)".hasPrefix("--\(option) ") } == true)
    }

    @Test func saysWhyHTTPSIsRefused() {
        let error = #expect(throws: LoadError.self) { try Target("HTTPS://a") }
        #expect(error?.description.contains("speaks no TLS") == true)
    }

    @Test(arguments: [
        ("http://127.0.0.1:8080", "127.0.0.1", 8_080, "", "127.0.0.1:8080"),
        ("HTTP://example.org/", "example.org", 80, "", "example.org"),
        ("http://[::1]:81/a/b/", "::1", 81, "/a/b", "[::1]:81"),
    ])
    func readsURLs(url: String, host: String, port: Int, path: String, authority: String) throws {
        let target = try Target(url)
        #expect((target.host, target.port, target.path) == (host, port, path))
        #expect(target.authority == authority)
        #expect(target.url(asking: 7, of: .standard) == "http://\(authority)\(path)/analytics?timestamp=7")
        let site = try Site(parsing: "x.y/z_-0")
        #expect(target.url(asking: 7, of: site) == "http://\(authority)\(path)/analytics?site=x.y/z_-0&timestamp=7")
    }

    @Test(arguments: [
        "", "localhost:8080", "ftp://a", "https://a", "http://", "http://a:0", "http://a:65536",
        "http://a:99999999999999999999", "http://u@a", "http://a?x=1", "http://a#f", "http://a b",
        "http://a\r\nX: y",
    ])
    func refusesOtherURLs(url: String) {
        #expect(throws: LoadError.self) { try Target(url) }
    }
}
