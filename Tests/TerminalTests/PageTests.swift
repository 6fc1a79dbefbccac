import Testing

@testable import Terminal

/// The pages 3 to 6, and what their rows open.
struct PageTests {
    private static func text(_ dashboard: Dashboard, width: Int = 120, height: Int = 50) -> String {
        dashboard.frame(width: width, height: height, Look()).lines.joined(separator: "\n")
    }

    private static func press(_ keys: [Key], _ dashboard: inout Dashboard) {
        for key in keys { _ = dashboard.press(key) }
    }

    @Test(arguments: [
        (
            "3",
            [
                "[shop]  the last hour", "people in the hour", "most 60", "clicks, the last hour", "impressions",
                "minutes, UTC", "09:00:00", "29 visitors", "58 page views",
            ]
        ),
        (
            "4",
            [
                "queue and commits", "95 of 100", "events in the queue", "commit time, p99", "batches sent again 17",
                "jobs", "database",
            ]
        ),
        (
            "5",
            [
                "processors", "cpu0", "75 %", "network, bytes/s", "received 1 MB", "sent 500 kB", "4711", "25 %",
                "postgres: a [2Jb", "12 MB",
            ]
        ),
        (
            "6",
            [
                "refused by this server", "117", "3/s", "user: empty", "title", "hits of shop in seven days", "42",
                "host: not a host of the site", "the last of them", "09:10:11", "evil.example/[31m",
            ]
        ),
    ])
    func pagesHaveTheirFigures(key: String, parts: [String]) {
        var dashboard = DashboardTests.dashboard()
        Self.press(key.map(Key.character), &dashboard)
        let text = Self.text(dashboard)
        for part in parts { #expect(text.contains(part), "\(part) is missing in\n\(text)") }
    }

    @Test func tabPassesAllPages() {
        var dashboard = DashboardTests.dashboard()
        var pages: [Dashboard.Page] = []
        for _ in 0..<6 {
            Self.press([.tab], &dashboard)
            pages.append(dashboard.page)
        }
        #expect(pages == [.site, .hour, .store, .machine, .refused, .server])
        Self.press([.character("9"), .character("0")], &dashboard)
        #expect(dashboard.page == .server)
        Self.press([.character("6"), .character("s")], &dashboard)
        #expect(dashboard.page == .refused)
    }

    @Test func aRowOfAListBecomesAFilter() {
        var dashboard = DashboardTests.dashboard()
        Self.press([.character("2"), .enter], &dashboard)
        #expect(dashboard.remark == "choose a row first: up, down or n")
        Self.press([.down], &dashboard)
        #expect(Self.text(dashboard).contains("▸ "))
        Self.press([.down, .enter], &dashboard)
        #expect(dashboard.question.filter?.text == "page==/" && dashboard.chosenRow == nil)
        Self.press([.down, .enter], &dashboard)
        #expect(dashboard.question.filter?.text == "page==/blog")
        let country = "/&country==DE".map(Key.character)
        Self.press(country + [.enter, .down, .down, .enter], &dashboard)
        #expect(dashboard.question.filter?.text == "country==DE&page==/")
        // A part of a path is replaced.
        Self.press([.character("/"), .control("u"), .character("b"), .enter, .down, .enter], &dashboard)
        #expect(dashboard.question.filter?.text == "page==/blog")
    }

    @Test(arguments: [("a,b&c%", "page==a%2Cb%26c%25"), ("/ü", "page==/ü"), (String(repeating: "x", count: 200), nil)])
    func valuesAreFiltersWhateverTheyHave(value: String, text: String?) throws {
        #expect(SiteFilter.text("page", is: value) == text)
        guard let text else { return }
        let filter = try SiteFilter(text)
        #expect(filter.parameter == "event:page==\(value)" && filter.sought == value)
    }

    @Test func rowsAreFoundByAText() {
        var dashboard = DashboardTests.dashboard()
        Self.press([.character("3"), .character("/")], &dashboard)
        #expect(dashboard.frame(width: 80, height: 24, Look()).lines.last?.hasPrefix("find: _") == true)
        Self.press("08:5".map(Key.character) + [.enter], &dashboard)
        // The minutes from 08:59 on downwards, below that of nine o'clock.
        #expect(dashboard.chosenRow == 1 && dashboard.page == .hour)
        Self.press([.character("n")], &dashboard)
        #expect(dashboard.chosenRow == 2)
        for _ in 0..<9 { Self.press([.character("n")], &dashboard) }
        #expect(dashboard.chosenRow == 1)
        Self.press([.character("/")] + "zebra".map(Key.character) + [.enter], &dashboard)
        #expect(dashboard.remark == "no row has 'zebra'" && dashboard.chosenRow == 1)
        Self.press([.escape, .character("1"), .character("n")], &dashboard)
        #expect(dashboard.remark == "there are no rows")
    }

    @Test func rowsOpenWhatIsKnown() {
        var dashboard = DashboardTests.dashboard()
        Self.press([.character("3"), .down, .enter], &dashboard)
        #expect(dashboard.opened == .minute("2026-01-05T09:00:00Z"))
        #expect(Self.text(dashboard).contains("hits of 09:00:00 UTC"))
        #expect(Self.text(dashboard).contains("漢字"))
        Self.press([.escape], &dashboard)
        #expect(dashboard.opened == nil && dashboard.page == .hour)

        Self.press([.character("6"), .down, .enter], &dashboard)
        #expect(Self.text(dashboard).contains("Leave the user out where there is none."))
        Self.press([.character("4"), .down, .enter], &dashboard)
        #expect(Self.text(dashboard).contains("forgetting users"))
        Self.press([.character("5"), .down, .enter], &dashboard)
        #expect(dashboard.remark == "there is no more about this row" && dashboard.opened == nil)
    }

    @Test(arguments: [true, false])
    func theChosenRowIsAlwaysShown(isNarrow: Bool) {
        var dashboard = DashboardTests.dashboard()
        Self.press([.character("3")], &dashboard)
        for _ in 0..<30 {
            Self.press([.down], &dashboard)
            let text = Self.text(dashboard, width: isNarrow ? 60 : 120, height: 12)
            #expect(text.contains("▸ "), "\(dashboard.chosenRow ?? -1)\n\(text)")
        }
        #expect(dashboard.chosenRow == 29)
        for _ in 0..<40 { Self.press([.up], &dashboard) }
        #expect(dashboard.chosenRow == 0)
    }

    @Test func theTimeOfTheHoursIsChosen() throws {
        var dashboard = DashboardTests.dashboard()
        Self.press([.character("3"), .character("t")], &dashboard)
        #expect(dashboard.page == .hour && dashboard.span == .day && dashboard.question.period == .day)
        let text = Self.text(dashboard)
        #expect(text.contains("asking for the last day"), "\(text)")
        // An answer to the question of before is none.
        dashboard.note(HourAnswer(span: .hour), of: 0)
        #expect(dashboard.site?.hours?.counts.count == 61)
        dashboard.note(HourAnswer(span: .day, trouble: "the server answered 503"), of: 0)
        #expect(Self.text(dashboard).contains("the server answered 503"))
        for _ in 0..<3 { Self.press([.character("t")], &dashboard) }
        #expect(dashboard.span == .hour)
        let site = try WatchedSite(name: "shop", secret: "hgl_x")
        #expect(
            HourAnswer.target(site, .hour, end: 7_200)
                == "/api/v1/hours?from=3600&to=7200&step=1m&site_id=shop&share=hgl_x"
        )
    }

    /// Each time has at most some hundred hours, which is what a chart shows.
    @Test(arguments: HourSpan.allCases)
    func timesAreDividedIntoFewHours(span: HourSpan) throws {
        let units: [Character: Int] = ["s": 1, "m": 60, "h": 3_600]
        let unit = try #require(span.step.last.flatMap { units[$0] })
        let step = try #require(Int(span.step.dropLast()))
        #expect((50...100).contains(span.seconds / (step * unit)))
    }

    @Test func answersOfAnotherFormLeaveThePagesEmpty() throws {
        #expect(HourAnswer.counts("{}").isEmpty && RefusalAnswer(body: "[]") == nil)
        let body = """
            {"site":"shop","since":"2026-01-01T00:00:00Z","counts":[{"hour":"b","reason":"r","count":2},
            {"hour":"a","reason":"r","count":3},{"hour":"a","reason":"s","count":0}],
            "hits":[{"time":"2026-01-05T09:00:00Z","reason":"r","hit":{"agent":"x"}}]}
            """
        let answer = try #require(RefusalAnswer(body: body))
        #expect(answer.reasons.map(\.count) == [5] && answer.hours.map(\.hour) == ["a", "b"])
        #expect(answer.hits.count == 1)
    }

    /// The list of keys takes the whole width, which its longest line needs.
    @Test func noKeyIsCut() {
        var dashboard = DashboardTests.dashboard()
        Self.press([.character("?")], &dashboard)
        let text = Self.text(dashboard)
        #expect(text.contains("several with &; find elsewhere") && text.contains("the time of the hours"), "\(text)")
    }

    @Test func linesEndBetweenWords() {
        #expect("one two three".wrapped(7) == ["one two", "three"])
        #expect("abcdefgh ij".wrapped(3) == ["abc", "def", "gh", "ij"])
        #expect("漢字漢".wrapped(3) == ["漢", "字", "漢"])
        #expect("".wrapped(5).isEmpty && "a".wrapped(0).isEmpty)
    }

    @Test func tablesHaveTheRowsOfThePages() {
        let hours = HourAnswer(span: .hour, counts: [.init(at: 60, unique_users: 1, clicks: 2, impressions: 3)])
        let table = ViewTable(hours).csv
        #expect(table.contains("people in the hour to,60,1,\r\n") && table.contains("impressions in the hour to,60,3,"))
        let refusals = RefusalAnswer(counts: [.init(hour: "2026-01-05T09:00:00Z", reason: "user: empty", count: 4)])
        #expect(ViewTable(refusals).csv.contains("refused in the hour from 2026-01-05T09:00:00Z,user: empty,4,\r\n"))
    }
}
