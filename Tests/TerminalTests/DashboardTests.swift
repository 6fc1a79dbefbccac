import Support
import Testing

@testable import Terminal

struct DashboardTests {
    private static let site = try? WatchedSite(name: "shop", secret: "hgr_x")

    /// A dashboard with figures, and with the live figures of a site.
    static func dashboard() -> Dashboard {
        var dashboard = Dashboard(
            address: "http://127.0.0.1:8080",
            interval: .seconds(1),
            sites: [site].compactMap(\.self)
        )
        let start = ContinuousClock.now
        for second in 0..<40 {
            let metrics = Metrics(
                """
                hourglass_build_info{version="1.0.0"} 1
                hourglass_http_requests_total{status="204"} \(second * second * 100)
                hourglass_http_requests_total{status="503"} \(second)
                hourglass_events_accepted_total \(second * 50)
                hourglass_queue_events 95
                hourglass_queue_limit_events 100
                process_start_time_seconds 1
                process_cpu_seconds_total \(Double(second) / 2)
                process_resident_memory_bytes 61000000
                node_cpu_seconds_total{cpu="0",mode="idle"} \(Double(second) / 4)
                node_cpu_seconds_total{cpu="0",mode="user"} \(Double(second) * 3 / 4)
                hourglass_batches_resent_total 17
                hourglass_events_rejected_total{field="user",reason="empty"} \(second * 3)
                hourglass_hit_fields_trimmed_total{field="title"} 23
                hourglass_task_last_success_timestamp_seconds{task="jobs"} 990
                """
            )
            let checks = ["writing": ServerReading.Readiness.Check(status: "failed", detail: "read-only \u{1b}[2J")]
            dashboard.note(
                ServerReading(
                    at: 1_000,
                    instant: start.advanced(by: .seconds(second)),
                    metrics: metrics,
                    readiness: .init(status: "degraded", checks: checks),
                    local: Self.local(second)
                )
            )
        }
        let minutes = (0..<30).map { minute in
            let at = minute < 29 ? "2026-01-05T08:\(31 + minute):00Z" : "2026-01-05T09:00:00Z"
            return LiveCounts.Minute(at: at, visitors: minute, pageviews: 2 * minute)
        }
        let hour = LiveCounts.Hour(unique_users: 12, clicks: 3, impressions: 4)
        let counts = LiveCounts(
            at: "2026-01-05T09:00:00.804Z",
            visitors_5m: 7,
            visitors_30m: 31,
            minutes: minutes,
            hour: hour
        )
        dashboard.note(.counts(counts), of: 0)
        let hit = LiveHit(
            time: "2026-01-05T09:00:00.120Z",
            name: "pageview",
            host: nil,
            path: "/\u{1b}]0;x\u{7}漢字",
            country: "DE",
            browser: nil,
            source: nil
        )
        dashboard.note(.hits([hit]), of: 0)
        let entries = [TopList.Entry(name: "/blog", visitors: 9), TopList.Entry(name: "/", visitors: 3)]
        let total = SiteAnswer.Total(name: "bounce_rate", value: 40, before: 50, change: -10)
        let lists = [TopList(title: "pages", field: "page", entries: entries)]
        dashboard.note(SiteAnswer(question: dashboard.question, totals: [total], lists: lists), of: 0)
        let hours = (0..<61).map { HourAnswer.Count(at: 60 * $0, unique_users: $0, clicks: 2 * $0, impressions: 900) }
        dashboard.note(HourAnswer(span: .hour, counts: hours), of: 0)
        let refused = ["2026-01-05T08:00:00Z", "2026-01-05T09:00:00Z"].map { hour in
            RefusalAnswer.Count(hour: hour, reason: "host: not a host of the site", count: 21)
        }
        let bad = RefusalAnswer.Hit.Fields(name: "pageview", host: "evil.example", path: "/\u{1b}[31m")
        let last = RefusalAnswer.Hit(time: "2026-01-05T09:10:11Z", reason: "user: empty", hit: bad)
        dashboard.note(RefusalAnswer(counts: refused, hits: [last]), of: 0)
        return dashboard
    }

    private static func local(_ second: Int) -> LocalReading {
        let title = "postgres: a \u{1b}[2Jb"
        let process = LocalReading.Process(
            id: 4_711,
            title: title,
            time: Double(second) / 4,
            memory: 12_000_000,
            threads: 1
        )
        let traffic = LocalReading.Traffic(received: 1_000_000 * Double(second), sent: 500_000 * Double(second))
        return LocalReading(processes: [process], traffic: traffic)
    }

    @Test(arguments: [(80, 24), (120, 40), (60, 20), (40, 8), (39, 8), (1, 1), (200, 60)], [true, false])
    func framesFitTheirTerminal(size: (width: Int, height: Int), isUnicode: Bool) {
        var dashboard = Self.dashboard()
        let pages = "123456".map(Key.character).flatMap { [$0, .down, .enter, .pageDown] }
        for key in pages + [.character("?"), .down, .pageDown, .character("2"), .character("/")] {
            _ = dashboard.press(key)
            let frame = dashboard.frame(width: size.width, height: size.height, Look(isUnicode: isUnicode))
            #expect(frame.width == size.width && frame.height == size.height)
            let scalars = frame.lines.joined().unicodeScalars
            #expect(scalars.allSatisfy { $0.value >= 0x20 && !(0x7f...0x9f).contains($0.value) })
            if !isUnicode {
                let drawn = scalars.filter { (0x2500...0x28ff).contains($0.value) }
                #expect(drawn.isEmpty)
            }
        }
    }

    @Test func theServersScreenHasItsFigures() {
        let lines = Self.dashboard().frame(width: 100, height: 40, Look()).lines
        let text = lines.joined(separator: "\n")
        for part in [
            "hourglass 1.0.0", "degraded", "up 16 min 39 s", "00:16:40 UTC", "requests/s", "7,701", "5xx 1",
            "95 of 100", "95 %",
            "61 MB", "writing: read-only", "jobs", "10 s ago", "q quit",
        ] {
            #expect(text.contains(part), "\(part) is missing in\n\(text)")
        }
        #expect(text.contains("⣿"))
    }

    @Test func theSitesScreenHasItsFigures() {
        var dashboard = Self.dashboard()
        #expect(dashboard.press(.tab) == .none)
        let text = dashboard.frame(width: 110, height: 40, Look()).lines.joined(separator: "\n")
        for part in ["[shop]", "5 min 7", "30 min 31", "12 users", "clicks 3", "/blog", "09:00:00", "漢字", "DE"]
            + ["totals, today", "bounce rate", "40 %", "visitors, by figure", "/ filter"]
        {
            #expect(text.contains(part), "\(part) is missing in\n\(text)")
        }
    }

    @Test func keysChangeTheState() {
        var dashboard = Self.dashboard()
        #expect(dashboard.press(.character("q")) == .quit && dashboard.press(.control("c")) == .quit)
        #expect(dashboard.press(.control("z")) == .suspend && dashboard.press(.control("l")) == .redraw)
        for key in [Key.character("-"), .character("-"), .character("+")] { _ = dashboard.press(key) }
        #expect(dashboard.interval == .seconds(2))
        for _ in 0..<10 { _ = dashboard.press(.character("+")) }
        #expect(dashboard.interval == .milliseconds(250))
        _ = dashboard.press(.character("?"))
        #expect(dashboard.page == .help)
        _ = dashboard.press(.escape)
        #expect(dashboard.page == .server)
        _ = dashboard.press(.character("p"))
        #expect(dashboard.isPaused)
        #expect(dashboard.frame(width: 80, height: 24, Look()).lines.last?.contains("paused") == true)
    }

    /// What was shown last stays while there is no answer.
    @Test func aServerThatIsAwayLeavesItsLastFigures() {
        var dashboard = Self.dashboard()
        dashboard.noteTrouble("connection refused")
        let lines = dashboard.frame(width: 80, height: 24, Look()).lines
        #expect(lines.last == "no answer, trying again: connection refused")
        #expect(lines.contains { $0.contains("requests/s") })
    }

    @Test func looksFollowFromTheEnvironment() {
        #expect(Look(environment: ["LANG": "C.UTF-8", "TERM": "xterm"]) == Look())
        #expect(Look(environment: ["LANG": "C.UTF-8", "LC_ALL": "C", "TERM": "xterm"]).isUnicode == false)
        #expect(Look(environment: ["LANG": "de_DE.utf8", "TERM": "xterm", "NO_COLOR": "1"]).hasColour == false)
        #expect(Look(environment: ["TERM": "dumb"]).hasColour == false)
    }

    @Test(arguments: [
        "ftp://a", "http://", "http://a:0", "http://a:99999", "a", "http://u@a", "http://a?x=1", "unix:",
        "unix:h.sock",
    ])
    func addressesOfAnotherFormAreRefused(url: String) {
        #expect(throws: TopFailure.self) { try Endpoint(url) }
    }

    @Test func placesOfServersAreRead() throws {
        let socket = try Endpoint("unix:/run/h.sock")
        #expect(socket.text == "unix:/run/h.sock" && socket.authority == "localhost" && !socket.isSecure)
        let own = try Endpoint("https://[::1]:8443/a/", certificate: "/c.pem")
        #expect(own.text == "https://[::1]:8443/a" && own.trust == .file("/c.pem"))
        #expect(try Endpoint("https://a").trust == .machine)
        #expect(throws: TopFailure.self) { try Endpoint("http://a", certificate: "/c.pem") }
    }

    @Test func siteAndKeyBecomeParameters() throws {
        #expect(try WatchedSite(name: "a/b", secret: "hgl_x").live == "/api/v1/realtime?site_id=a/b&share=hgl_x")
        let own = try WatchedSite(name: nil, secret: "hgr_x")
        #expect(own.live == "/api/v1/realtime" && own.key == "hgr_x")
        #expect(throws: TopFailure.self) { try WatchedSite(name: "a&b", secret: nil) }
        #expect(throws: TopFailure.self) { try WatchedSite(name: nil, secret: "a\r\nb") }
    }

    @Test func streamsAreReadInAnyPieces() {
        let text =
            "retry: 3000\nid: 1\n\n:\n\nevent: counts\ndata: {\"a\":1}\n\nevent: end\ndata: x\ndata: y\n\nevent: ha"
        let expected = [
            ServerSentMessage(event: "counts", data: "{\"a\":1}"), ServerSentMessage(event: "end", data: "x\ny"),
        ]
        for size in [1, 2, 7, 500] {
            var parser = ServerSentMessage.Parser()
            var rest = text[...]
            var found: [ServerSentMessage] = []
            while !rest.isEmpty {
                found += parser.parse(String(rest.prefix(size)))
                rest = rest.dropFirst(size)
            }
            #expect(found == expected)
        }
    }

    @Test func listsAreReadFromBreakdowns() {
        let body = #"{"results":[{"page":"/","visitors":3},{"page":"/a","visitors":1,"bounce":null}]}"#
        let entries = TopList.entries(body, name: "page")
        #expect(entries == [.init(name: "/", visitors: 3), .init(name: "/a", visitors: 1)])
        #expect(TopList.entries("nothing", name: "page").isEmpty)
    }
}
