import Analytics
import FoundationEssentials
import Postgres
import Support
import Testing
import Web

/// Every number and every card of a dashboard, asked for in the three ways that its page names.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct PanelTests {
    /// A click and an impression, which the history has not.
    private static let others = """
        [{"user":"ann","timestamp":"2026-01-05T09:05:00Z","url":"https://shop.example/pricing","name":"click",\
        "country":"DE","browser":"Chrome"},\
        {"user":"bob","timestamp":"2026-01-05T10:20:30Z","url":"https://shop.example/blog","name":"impression",\
        "country":"US","browser":"Firefox"}]
        """

    private static func with(zone: String = "UTC", _ body: @Sendable (LoggedIn) async throws -> Void) async throws {
        try await LoggedIn.with(zone: zone) { member in
            #expect(try await member.shop.post(ExampleHistory.body, key: member.shop.trusted).status == 200)
            #expect(try await member.shop.post(others, key: member.shop.trusted).status == 200)
            let goal = #"{"event":"Signup"}"#
            #expect(try await member.shop.post(goal, to: "/api/v1/goals", key: member.shop.trusted).status == 201)
            try await member.shop.server.database.run("SELECT set_operator(account_named('account-member'), true)")
            try await body(member)
        }
    }

    private static func asked(_ sql: String, _ member: LoggedIn, action: String = "run") async throws -> HTTPAnswer {
        try await member.send("/s/shop/sql/text", "sql=\(sql.percentEncoded)&action=\(action)")
    }

    /// The numbers of the tiles and the rows of the cards are those of the interface and of the database.
    @Test(arguments: [
        ("from=2026-01-05&to=2026-01-05", "UTC"), ("from=2026-01-04&to=2026-01-07&metric=clicks", "Europe/Berlin"),
        ("from=2026-01-05&to=2026-01-05&filter=country==DE,US&metric=impressions", "Asia/Kathmandu"),
        ("from=2025-01-01&to=2026-12-31&filter=page=@/&metric=pageviews", "UTC"),
    ])
    func everyPanelHasOneAnswer(question: String, zone: String) async throws {
        try await Self.with(zone: zone) { member in
            var opened: Set<String> = []
            for tab in DashboardTab.allCases {
                let page = try await member.open("/s/shop?\(question)&\(tab.card.rawValue)=\(tab.rawValue)")
                #expect(page.status == 200 && !page.body.contains("do not count"), "\(page.body)")
                for address in PanelAnswer.addresses(in: page) where opened.insert(address).inserted {
                    try await expectOneAnswer(address, page, member)
                }
            }
            // Eight tiles but for one that filters by pages rule out, the chart, and the lists but for goals.
            #expect(opened.count >= 7 + 1 + DashboardTab.allCases.count - 1, "\(opened)")
            // The week is there for periods that have all of its hours.
            #expect(opened.contains { $0.hasSuffix("by=hour_of_week") } == question.hasPrefix("from=2025"))
        }
    }

    private func expectOneAnswer(_ address: String, _ page: HTTPAnswer, _ member: LoggedIn) async throws {
        let panel = PanelAnswer(try await member.open(address))
        #expect(panel.page.status == 200, "\(address) \(panel.page.body)")
        let curl = try #require(panel.curl, "\(address) \(panel.page.body)")
        let told = try PanelAnswer.rows(try await member.shop.ask(curl))
        let linked = try PanelAnswer.rows(try await member.open(try #require(panel.link)))
        #expect(told == linked, "\(address)")
        if let sql = panel.sql {
            let found = try await Connection.with(member.shop.database.url, setup: "SET ROLE hourglass_read;") {
                try await $0.values(sql)
            }
            #expect(PanelAnswer.rows(found) == told, "\(address) \(sql)")
            let opened = try await member.open(try #require(panel.opened, "\(address)"))
            let question = try #require(PanelAnswer.question(in: opened), "\(opened.body)")
            let answer = try await Self.asked(question, member)
            #expect(answer.status == 200, "\(address) \(question) \(answer.body)")
            #expect(PanelAnswer.answer(in: answer) == told, "\(address) \(question)")
        } else {
            #expect(address.contains("by=goal"), "\(address) \(panel.page.body)")
        }
        guard address.contains("by=") else {
            let metric = try #require(address.firstMatch(of: #/metric=([a-z_]+)/#)).1
            return #expect(PageText(page).number(String(metric)) == told.first?.number, "\(address)")
        }
        let card = DashboardTab.allCases.first { address.hasSuffix("by=\($0.field.percentEncoded)") }?.card
        guard let card else { return }
        let shown = PageText(page).rows(of: card.rawValue).map { Double($0.dropFirst().first ?? "") }
        #expect(shown == told.map(\.number), "\(address)")
    }

    /// A statement that is too long for an address is sent, and shown before it is run.
    @Test func aLongStatementOpensByAForm() async throws {
        try await Self.with { member in
            let pages = (0..<60).map { "/\(String(repeating: "p", count: 100))\($0)" }.joined(separator: ",")
            let panel = PanelAnswer(
                try await member.open("/s/shop/why?from=2026-01-05&to=2026-01-05&metric=visitors&filter=page==\(pages)")
            )
            #expect(panel.page.status == 200 && panel.opened == nil, "\(panel.page.body)")
            let hidden = try #require(panel.page.body.firstMatch(of: #/name="sql" value="([^"]*)"/#))
            let sql = PanelAnswer.unescaped(String(hidden.1))
            let shown = try await Self.asked(sql, member, action: "show")
            #expect(shown.status == 200 && PanelAnswer.question(in: shown) == sql)
            #expect(!shown.body.contains("Answer</h2>"))
            let answer = try await Self.asked(sql, member)
            #expect(PanelAnswer.answer(in: answer).map(\.number) == [0], "\(answer.body)")
        }
    }

    @Test func onlyOperatorsAreSentToTheSQLPage() async throws {
        try await LoggedIn.with { member in
            let page = try await member.open("/s/shop/why?from=2026-01-05&to=2026-01-05&metric=visitors")
            #expect(page.status == 200 && !page.body.contains("/sql/text"), "\(page.body)")
        }
    }

    @Test func tellsHowRowsOverlap() async throws {
        try await Self.with { member in
            let day = "from=2026-01-05&to=2026-01-05"
            let pages = try await member.open("/s/shop/why?\(day)&metric=visitors&by=page")
            #expect(
                pages.body.contains("add up to <strong>6</strong>, and visitors are <strong>3</strong>"),
                "\(pages.body)"
            )
            let countries = try await member.open("/s/shop/why?\(day)&by=country")
            #expect(countries.body.contains("nothing counts in two rows"), "\(countries.body)")
            let faulty = try await member.open("/s/shop/why?\(day)&filter=country")
            #expect(faulty.body.contains("do not count"), "\(faulty.body)")
            for wrong in ["by=colour", "metric=users", "metric=bounce_rate&by=event"] {
                let answer = try await member.open("/s/shop/why?\(day)&\(wrong)")
                #expect([400, 404].contains(answer.status), "\(wrong) \(answer.status)")
            }
        }
    }
}
