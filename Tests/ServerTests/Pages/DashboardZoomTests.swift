import Analytics
import FoundationEssentials
import Support
import Testing

/// The main page of a site for hours and minutes, in other zones, and with what its address keeps.
@Suite(.needsPostgres)
struct DashboardZoomTests {
    private static let day = "from=2026-01-05&to=2026-01-05"
    private static let hour = "from=2026-01-05T09:00&to=2026-01-05T09:59"

    private static func with(_ zone: String = "UTC", _ body: @Sendable (LoggedIn) async throws -> Void) async throws {
        try await LoggedIn.with(zone: zone) { member in
            #expect(try await member.shop.post(ExampleHistory.body, key: member.shop.trusted).status == 200)
            try await body(member)
        }
    }

    private static func number(_ metric: String, _ question: String, _ member: LoggedIn) async throws -> Double? {
        let rows = try await member.asked(
            [[String: Double?]].self,
            "/api/v1/stats?site=shop&metrics=\(metric)&\(question)"
        )
        return try #require(rows.first)[metric] ?? nil
    }

    @Test func aDayLeadsToItsHoursAndAnHourToItsMinutes() async throws {
        try await Self.with { member in
            let day = try await member.open("/s/shop?period=day&date=2026-01-05").body
            #expect(day.contains("\"/s/shop?from=2026-01-05T09%3A00&amp;to=2026-01-05T09%3A59\""), "\(day)")
            let page = try await member.open("/s/shop?\(Self.hour)")
            #expect(page.status == 200 && page.body.contains("Visitors by minute"), "\(page.body)")
            for metric in ["visitors", "pageviews", "visits"] {
                let told = try await Self.number(metric, Self.hour, member)
                #expect(PageText(page).number(metric) == told, "\(metric)")
            }
            #expect(PageText(page).number("pageviews") == 3)
            for link in [
                "/s/shop?from=2026-01-05T08%3A00&amp;to=2026-01-05T08%3A59",
                "/s/shop?from=2026-01-05T10%3A00&amp;to=2026-01-05T10%3A59",
                "/s/shop?period=day&amp;date=2026-01-05", "/s/shop?period=month&amp;date=2026-01-05",
                "/s/shop/visits?from=2026-01-05T09%3A04&amp;to=2026-01-05T09%3A04",
            ] { #expect(page.body.contains("href=\"\(link)\""), "\(link) \(page.body)") }
            let visits = try await member.open("/s/shop/visits?from=2026-01-05T09:00&to=2026-01-05T09:00")
            #expect(visits.status == 200 && visits.body.contains("/s/shop/visits/"), "\(visits.body)")
            #expect(visits.body.contains("?from=2026-01-05T08%3A59&amp;to=2026-01-05T08%3A59\""), "\(visits.body)")
        }
    }

    @Test func anHourFileHasItsMinutes() async throws {
        try await Self.with { member in
            let file = try await member.open("/s/shop/series.csv?\(Self.hour)&compare=off").body
            #expect(file.split(separator: "\r\n").count == 61 && file.contains("2026-01-05 09:04:00,1"), "\(file)")
        }
    }

    /// The hour that comes twice when the clock is put back has the hits of both.
    @Test func theHourThatComesTwiceIsWhole() async throws {
        try await LoggedIn.with(zone: "Europe/Berlin") { member in
            let hits = ["2025-10-25T23:30:00Z", "2025-10-26T00:30:00Z", "2025-10-26T01:30:00Z", "2025-10-26T02:30:00Z"]
            let body = hits.map { #"{"user":"ann","timestamp":"\#($0)","url":"https://shop.example/"}"# }
            let sent = try await member.shop.post("[\(body.joined(separator: ","))]", key: member.shop.trusted)
            #expect(sent.status == 200)
            for (hour, count) in [("01", 1.0), ("02", 2.0), ("03", 1.0)] {
                let period = "from=2025-10-26T\(hour):00&to=2025-10-26T\(hour):59"
                let told = try await Self.number("pageviews", period, member)
                #expect(told == count, "\(hour)")
            }
        }
    }

    @Test(arguments: [
        "from=2026-01-05T09:60&to=2026-01-05T10:00", "from=2026-01-05T24:00&to=2026-01-06",
        "from=2026-01-05T9:00&to=2026-01-06", "from=2026-01-05 09:00&to=2026-01-06",
        "from=2026-01-05T10:00&to=2026-01-05T09:00", "from=2026-01-05T10:00:00&to=2026-01-06", "from=2026-01-05T10:00",
    ])
    func otherTimesAreRefused(period: String) async throws {
        try await Self.with { member in
            let question = period.replacing(" ", with: "%20")
            let answer = try await member.shop.ask("/api/v1/stats?site=shop&\(question)")
            #expect(answer.status == 400 && answer.body.contains("from"), "\(answer)")
            let page = try await member.open("/s/shop?\(question)")
            #expect(page.status == 200 && page.body.contains("<span class=\"line\">from: "), "\(page.body)")
        }
    }

    @Test func formsLeadToOtherZonesAndComparisons() async throws {
        try await Self.with { member in
            let query = "\(Self.day)&filter=country==DE&ref=a"
            let state = "query=\(query.replacing("&", with: "%26").replacing("=", with: "%3D"))"
            let zone = try await member.send("/s/shop", "action=zone&zone=Asia/Tokyo&\(state)")
            let start = "/s/shop?from=2026-01-05&to=2026-01-05"
            #expect(zone["Location"] == "\(start)&tz=Asia%2FTokyo&filter=country==DE&ref=a", "\(zone)")
            let compared = try await member.send("/s/shop", "action=compare&from=2026-01-01&to=2026-01-02&\(state)")
            let dates = "&compare=custom&cfrom=2026-01-01&cto=2026-01-02"
            #expect(compared["Location"] == "\(start)&filter=country==DE\(dates)&ref=a", "\(compared)")
            let unknown = try await member.open("/s/shop?\(Self.day)&tz=No/Where")
            #expect(unknown.status == 200 && unknown.body.contains("<span class=\"line\">tz: "), "\(unknown.body)")
            let tokyo = try await member.open("/s/shop?\(Self.day)&tz=Asia/Tokyo").body
            #expect(tokyo.contains(" aria-current=\"true\">Asia/Tokyo</a>"), "\(tokyo)")
            for view in ["visits", "funnel", "retention", "paths", "page", "event"] {
                let other = try await member.open("/s/shop/\(view)?\(Self.day)&tz=Asia/Tokyo").body
                #expect(other.contains(" aria-current=\"true\">Asia/Tokyo</a>"), "\(other)")
                let chosen = try await member.send("/s/shop/\(view)", "action=zone&zone=Asia/Tokyo&\(state)")
                let location = chosen["Location"] ?? ""
                #expect(location.hasPrefix("/s/shop/\(view)?") && location.contains("tz=Asia%2FTokyo"), "\(chosen)")
            }
        }
    }

    @Test(arguments: [
        ("compare=custom&cfrom=2026-01-01&cto=2026-01-04", "compared with 2026-01-01 to 2026-01-04"),
        ("align=weekday", "compared with the same days of the week before"),
        ("compare=year&align=weekday", "the same days of the week a year before"),
        ("compare=custom", "<span class=\"line\">compare: "), ("cfrom=2026-01-01", "<span class=\"line\">cfrom: "),
        ("compare=custom&cfrom=2026-01-04&cto=2026-01-01", "<span class=\"line\">compare: "),
        ("align=moon", "<span class=\"line\">align: "), ("bucket=second", "<span class=\"line\">bucket: "),
        ("bucket=minute", "<span class=\"line\">bucket: "), ("bucket=month", "<span class=\"line\">bucket: "),
        ("bots=perhaps", "<span class=\"line\">bots: "), ("bots=true", "with <strong>machines</strong>"),
        ("ref=a", "<span class=\"line\">ref: "), ("ref=a", "&amp;ref=a\""), ("bucket=hour", "Visitors by hour"),
        ("metric=visits", "data-key=\"o\""), ("", "data-metric=\"hour\""),
    ])
    func everyStateIsShown(parameters: String, text: String) async throws {
        try await Self.with { member in
            let page = try await member.open("/s/shop?\(Self.day)&\(parameters)")
            #expect(page.status == 200 && page.body.contains(text), "\(page.body)")
        }
    }

    @Test func goalsHaveTheConversionOfTheInterface() async throws {
        try await Self.with { member in
            let goal = #"{"event":"Signup"}"#
            #expect(try await member.shop.post(goal, to: "/api/v1/goals", key: member.shop.trusted).status == 201)
            let page = try await member.open("/s/shop?\(Self.day)&events=goal")
            let rate = try await Self.number("conversion_rate", "\(Self.day)&filter=goal==Signup", member)
            #expect(rate == 33.33)
            #expect(PageText(page).rows(of: "events") == [["Signup", "1", "33.33 %"]], "\(page.body)")
        }
    }

    /// Three visitors see four pages, of which two see more than one.
    @Test func cardsTellThatTheirRowsAddUpToMore() async throws {
        try await Self.with { member in
            let page = try await member.open("/s/shop?\(Self.day)").body
            let told = try await member.asked(
                [[String: Value]].self,
                "/api/v1/stats?site=shop&metrics=visitors&by=page&\(Self.day)"
            )
            let sum = told.compactMap { $0["visitors"]?.number }.reduce(0, +)
            #expect(sum > 3 && page.contains("All rows add up to \(Int(sum)), visitors are 3"), "\(page)")
            #expect(page.matches(of: #/All rows add up/#).count >= 1)
        }
    }

    private enum Value: Decodable {
        case text(String)
        case number(Double)

        var number: Double? { if case .number(let number) = self { number } else { nil } }

        init(from decoder: any Decoder) throws {
            let container = try decoder.singleValueContainer()
            if let text = try? container.decode(String.self) {
                self = .text(text)
            } else {
                self = .number(try container.decode(Double.self))
            }
        }
    }
}
