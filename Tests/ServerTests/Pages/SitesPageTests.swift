import Analytics
import FoundationEssentials
import Schema
import Server
import Support
import Testing

/// The list of all sites, `/sites`.
@Suite(.needsPostgres)
struct SitesPageTests {
    private static let day = 86_400

    /// A hit of a user some seconds ago.
    private static func hit(_ user: String, _ age: Int, _ path: String, on host: String) -> String {
        let time = Timestamp.now.advanced(by: .seconds(-age)).text
        return #"{"user":"\#(user)","timestamp":"\#(time)","url":"https://\#(host)\#(path)"}"#
    }

    /// Five people on `shop`, one of them also in the week before, and two on `other`, who come more often.
    private static func fill(_ shop: CollectServer) async throws {
        let ages = [10, day, 2 * day, 3 * day, 6 * day - 3_600]
        var hits = ages.enumerated().map { hit("user-\($0)", $1, "/", on: "shop.example") }
        hits += [hit("user-0", 9 * day, "/", on: "shop.example"), hit("user-1", 40 * day, "/", on: "shop.example")]
        let answer = try await shop.post("[\(hits.joined(separator: ","))]", key: shop.trusted)
        #expect(answer.status == 200, "\(answer)")
        let others = (0..<8).map { hit("other-\($0 % 2)", 20 + $0 * day / 2, "/\($0)", on: "other.example") }
        let other = try await shop.post("[\(others.joined(separator: ","))]", key: shop.other)
        #expect(other.status == 200, "\(other)")
        let time = Timestamp.now.milliseconds - 30_000
        let click = #"[{"user":"other-0","event":"click","timestamp":\#(time)}]"#
        let clicked = try await shop.post(click, to: "/analytics?site=other", key: shop.other)
        #expect(clicked.status == 204 || clicked.status == 200, "\(clicked)")
    }

    private struct Hour: Decodable { let unique_users: Int }

    /// The date some days ago, in UTC.
    private static func date(_ days: Int) -> String {
        String(Timestamp.now.advanced(by: .seconds(-days * day)).text.prefix(10))
    }

    private static let periods: [(page: String, question: String)] = [
        ("", "from=\(date(6))&to=\(date(0))"), ("?period=day", "period=day"), ("?period=7d", "period=7d"),
        ("?period=yesterday", "period=yesterday"), ("?period=30d", "period=30d"), ("?period=month", "period=month"),
        ("?period=lastmonth", "period=lastmonth"),
    ]

    @Test func hasTheNumbersOfTheInterface() async throws {
        try await LoggedIn.with(.member) { member in
            try await Self.fill(member.shop)
            for (target, question) in Self.periods {
                let page = try await member.open("/sites\(target)")
                #expect(page.status == 200 && !page.body.contains("do not count"), "\(page.body)")
                let rows = PageText(page).rows(of: "sites")
                #expect(rows.map(\.first) == ["default", "other", "shop"], "\(rows)")
                var sum = 0
                for row in rows {
                    let asked = "/api/v1/stats?site=\(row[0])&\(question)&metrics=visitors,pageviews"
                    let answer = try await member.open(asked)
                    let numbers = try JSONDecoder().decode([[String: Int]].self, from: Data(answer.body.utf8))
                    let (visitors, pageviews) = (numbers.first?["visitors"] ?? 0, numbers.first?["pageviews"] ?? 0)
                    #expect(row[1] == "\(visitors)" && row[2] == "\(pageviews)", "\(target) \(row) \(answer.body)")
                    let now = Timestamp.now.milliseconds
                    let told = try await member.open("/analytics?site=\(row[0])&timestamp=\(now)&format=json")
                    let hour = try JSONDecoder().decode(Hour.self, from: Data(told.body.utf8))
                    #expect(row[4] == "\(hour.unique_users)", "\(row) \(told.body)")
                    sum += pageviews
                }
                let foot = page.body.split(separator: "<tfoot>").last ?? ""
                #expect(foot.contains("All 3 sites") && foot.contains("<td class=\"n\">\(sum)</td>"), "\(foot)")
            }
        }
    }

    @Test func hasTheChangeAndTheLineOfTheWeek() async throws {
        try await LoggedIn.with(.viewer) { viewer in
            try await Self.fill(viewer.shop)
            let page = try await viewer.open("/sites")
            let rows = PageText(page).rows(of: "sites")
            #expect(rows.last?[3] == "▲ up 400 %" && rows[1][3] == "new", "\(rows)")
            #expect(page.body.contains("aria-label=\"Visitors by day: 0, 0, 0, 0, 0, 0, 0\""), "\(page.body)")
            #expect(page.body.contains(", 1\"><path d=\"M0 "), "\(page.body)")
        }
    }

    @Test(arguments: [
        ("", ["default", "other", "shop"]), ("?sort=-name", ["shop", "other", "default"]),
        ("?sort=-visitors", ["shop", "other", "default"]), ("?sort=visitors", ["default", "other", "shop"]),
        ("?sort=-pageviews", ["other", "shop", "default"]), ("?sort=-hour", ["other", "default", "shop"]),
        ("?q=SHO", ["shop"]), ("?q=t&sort=-pageviews", ["other", "default"]),
        ("?offset=700", ["default", "other", "shop"]),
    ])
    func isSortedAndSearched(query: String, names: [String]) async throws {
        try await LoggedIn.with(.viewer) { viewer in
            try await Self.fill(viewer.shop)
            let page = PageText(try await viewer.open("/sites\(query)"))
            #expect(page.rows(of: "sites").map(\.first) == names, "\(page.text)")
            let file = try await viewer.open("/sites.csv\(query)")
            let lines = file.body.split(separator: "\r\n").dropFirst()
            #expect(lines.map { String($0.prefix { $0 != "," }) } == names, "\(file.body)")
        }
    }

    @Test(arguments: ["period=all", "period=soon", "sort=colour", "offset=-1", "offset=x", "colour=red"])
    func saysWhatDoesNotCount(query: String) async throws {
        try await LoggedIn.with(.viewer) { viewer in
            let page = try await viewer.open("/sites?\(query)")
            #expect(page.status == 200 && page.body.contains("do not count"), "\(page.body)")
            #expect(try await viewer.open("/sites.json?\(query)").status == 400)
        }
    }

    @Test func hasItsRowsAsFiles() async throws {
        try await LoggedIn.with(.member) { member in
            try await Self.fill(member.shop)
            let csv = try await member.open("/sites.csv?q=shop")
            #expect(csv["Content-Type"] == "text/csv; charset=utf-8")
            let head = "site,organisation,timezone,people_in_hour,visitors,visitors_before,pageviews,refused"
            #expect(csv.body == "\(head)\r\nshop,default,UTC,0,5,1,5,0\r\n")
            let json = try await member.open("/sites.json?q=shop")
            #expect(json.body.contains(#""visitors":5,"visitors_before":1,"pageviews":5,"refused":0"#), "\(json.body)")
            let viewer = try await LoggedIn(member.shop, .viewer)
            #expect(try await viewer.open("/sites.csv?q=shop").body.hasSuffix(",5,1,5,\r\n"))
        }
    }

    @Test func refusedHitsAndSettingsAreForMembers() async throws {
        try await LoggedIn.with(.member) { member in
            let shop = member.shop
            try await Self.fill(shop)
            for place in 0..<5 {
                let body = #"{"url":"https://evil.example/\#(place)"}"#
                #expect(try await shop.post(body, key: shop.write).status == 403)
            }
            try await eventually { try await member.open("/sites").body.contains("/s/shop/refused\">50.0 %") }
            let page = try await member.open("/sites")
            #expect(page.body.contains("href=\"/s/shop/settings\""))
            let viewer = try await LoggedIn(shop, .viewer)
            let less = try await viewer.open("/sites")
            #expect(!less.body.contains("Refused") && !less.body.contains("/settings"), "\(less.body)")
            #expect(!less.body.contains("are missing"))
        }
    }

    /// Whoever belongs to no organisation sees no site, and may not add one.
    @Test func strangersSeeNoSite() async throws {
        try await withDatabase(.postgres) { database in
            try await database.addSite("shop")
            try await database.addAccount("stranger")
            try await RunningServer.with(database, ServerSettings()) { server in
                let browser = TestBrowser(server)
                try await browser.logIn("stranger")
                let page = try await browser.open("/sites")
                #expect(page.status == 200 && page.body.contains("No site yet") && !page.body.contains("shop"))
                #expect(try await browser.open("/sites?q=shop").body.contains("No such site"))
                let file = try await browser.open("/sites.json")
                #expect(file.status == 200 && file.body == "[]", "\(file.body)")
            }
        }
    }

    @Test func hasPagesOfFiftySites() async throws {
        try await LoggedIn.with(.viewer) { viewer in
            try await viewer.shop.database.run(
                """
                SELECT add_site('a-' || lpad(number::text, 3, '0'), '{}', 'UTC', '{}', NULL)
                  FROM generate_series(1, 60) AS number
                """
            )
            try await eventually { try await viewer.open("/sites").body.contains("1 to 50 of 63") }
            let first = PageText(try await viewer.open("/sites"))
            #expect(first.rows(of: "sites").count == 50 && first.text.contains("href=\"/sites?offset=50\""))
            #expect(first.text.contains("The 50 sites of this page"))
            let second = PageText(try await viewer.open("/sites?offset=50"))
            #expect(second.rows(of: "sites").map(\.first).suffix(3) == ["default", "other", "shop"], "\(second.text)")
            let sorted = PageText(try await viewer.open("/sites?sort=-name&offset=50"))
            #expect(sorted.rows(of: "sites").last?.first == "a-001")
            #expect(PageText(try await viewer.open("/sites?sort=-visitors")).text.contains("All 63 sites"))
        }
    }

    @Test func membersAreLedToTheSettingsThatTheyMayOpen() async throws {
        try await LoggedIn.with(.member) { member in
            #expect(try await member.open("/s/shop/settings")["Location"] == "/s/shop/settings/snippet")
            let admin = try await LoggedIn(member.shop, .admin)
            #expect(try await admin.open("/s/shop/settings")["Location"] == "/s/shop/settings/general")
            let viewer = try await LoggedIn(member.shop, .viewer)
            let page = try await viewer.open("/s/shop")
            #expect(page.body.contains("\"/s/shop/visits\"") && !page.body.contains("/s/shop/settings\""))
        }
    }
}
