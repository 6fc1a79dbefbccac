import Analytics
import NIOHTTP1
import Support
import Testing

/// The page about the sliding hour, `/s/{site}/hour`.
@Suite(.needsPostgres)
struct HourPageTests {
    private struct Hour: Decodable, Equatable {
        var unique_users = 0
        var clicks = 0
        var impressions = 0
    }

    private struct Sent {
        let user: Int
        let isClick: Bool
        let time: Int
    }

    /// A day of 25 hours in Berlin.
    private static let day = (date: "2026-10-25", start: 1_792_879_200_000, hours: 25)

    private static func traffic(_ random: inout SeededGenerator) -> [Sent] {
        (0..<120).map { _ in
            Sent(
                user: Int.random(in: 0..<9, using: &random),
                isClick: .random(using: &random),
                time: Int.random(in: (day.start - 3_600_000)..<(day.start + day.hours * 3_600_000), using: &random)
            )
        }
    }

    private static func count(_ events: [Sent], endingAt time: Int) -> Hour {
        let counted = events.filter { ((time - 3_600_000)...time).contains($0.time) }
        return Hour(
            unique_users: Set(counted.map(\.user)).count,
            clicks: counted.count { $0.isClick },
            impressions: counted.count { !$0.isClick }
        )
    }

    private static func send(_ events: [Sent], _ shop: CollectServer) async throws {
        let lines = events.map { event in
            "{\"user\":\"\(event.user)\",\"event\":\"\(event.isClick ? "click" : "impression")\","
                + "\"timestamp\":\(event.time)}"
        }
        let answer = try await shop.post(
            "[\(lines.joined(separator: ","))]",
            to: "/analytics?site=shop",
            key: shop.trusted
        )
        #expect(answer.status == 204 || answer.status == 200, "\(answer)")
    }

    @Test func hasTheNumbersOfTheInterface() async throws {
        try await LoggedIn.with(.viewer, zone: "Europe/Berlin") { viewer in
            var random = SeededGenerator(seed: 19)
            let events = Self.traffic(&random)
            try await Self.send(events, viewer.shop)
            let start = Self.day.start
            // Also ends of windows that begin or end with an event.
            let times =
                events.prefix(4).flatMap { [$0.time, $0.time - 1, $0.time + 3_600_000, $0.time + 3_600_001] }
                + [start, start + 3 * 3_600_000 + 7_000]
            for time in times {
                let page = PageText(try await viewer.open("/s/shop/hour?at=\(time)"))
                let expected = Self.count(events, endingAt: time)
                let asked = try await viewer.asked(Hour.self, "/analytics?site=shop&timestamp=\(time)&format=json")
                #expect(asked == expected)
                #expect(page.number("unique_users") == Double(asked.unique_users), "\(time) \(page.text)")
                #expect(page.number("clicks") == Double(asked.clicks))
                #expect(page.number("impressions") == Double(asked.impressions))
                let lines = try await viewer.shop.ask("/analytics?site=shop&timestamp=\(time)&format=csv")
                #expect(page.text.contains("<code>\(lines.body)</code>"), "\(lines.body)")
            }
        }
    }

    /// The day on which clocks are put back has an hour twice.
    @Test func theCurveHasTheHoursOfTheDay() async throws {
        try await LoggedIn.with(.viewer, zone: "Europe/Berlin") { viewer in
            var random = SeededGenerator(seed: 7)
            let events = Self.traffic(&random)
            try await Self.send(events, viewer.shop)
            let end = Self.day.start + Self.day.hours * 3_600_000
            let page = PageText(try await viewer.open("/s/shop/hour?date=\(Self.day.date)"))
            let rows = page.rows(of: "curve")
            let expected = stride(from: Self.day.start, to: end, by: 3_600_000).map { time in
                let hour = Self.count(events, endingAt: time)
                return ["\(hour.unique_users)", "\(hour.clicks)", "\(hour.impressions)"]
            }
            #expect(rows.map { Array($0.dropFirst()) } == expected)
            #expect(rows.compactMap(\.first).prefix(5) == ["00:00", "01:00", "02:00", "02:00", "03:00"])
            let asked = try await viewer.asked(
                [Hour].self,
                "/api/v1/hours?site=shop&from=\(Self.day.start)&to=\(end - 1)&step=1h&format=json"
            )
            #expect(asked.map { ["\($0.unique_users)", "\($0.clicks)", "\($0.impressions)"] } == expected)
            // The last second of the day, in winter time.
            #expect(page.text.contains("<span data-clock=\"end\">23:59:59</span>"))
            #expect(page.text.contains("22:59:59</span> UTC"))
        }
    }

    @Test func anHourIsShownBySeconds() async throws {
        try await LoggedIn.with(.viewer, zone: "Asia/Kathmandu") { viewer in
            let events = [Sent(user: 1, isClick: true, time: 1_792_914_307_000)]
            try await Self.send(events, viewer.shop)
            let target = "/s/shop/hour?at=1792914310&by=second&metric=clicks"
            let page = PageText(try await viewer.open(target))
            let rows = page.rows(of: "curve")
            // Clock hours of this zone begin a quarter to the hour in UTC.
            #expect(rows.count == 60 && rows.first?.first?.hasSuffix(":00:00") == true, "\(rows)")
            #expect(
                page.text.contains("Peak: <a href=\"/s/shop/hour?at=1792914307&amp;metric=clicks&amp;by=second\">1")
            )
        }
    }

    private static let questions: [(question: String, notice: String)] = [
        ("at=x", "at: "), ("at=-5", "at: "), ("at=999999999999999", "at: "), ("date=2026-13-40", "date: "),
        ("tz=No/Where", "tz: "), ("metric=visitors", "metric: "), ("by=day", "by: "), ("colour=red", "colour: "),
        ("at=%FF", "at: "), ("at=0", ""), ("at=253402300799", ""), ("at=1&tz=America/New_York", ""), ("", ""),
        ("date=0001-01-01", ""), ("date=9999-12-31&by=second", ""),
    ]

    @Test func saysWhatDoesNotCount() async throws {
        try await LoggedIn.with(.viewer) { viewer in
            for (question, notice) in Self.questions {
                let page = try await viewer.open("/s/shop/hour?\(question)")
                #expect(page.status == 200, "\(question) \(page.body)")
                #expect(
                    notice.isEmpty || page.body.contains("<span class=\"line\">\(notice)"),
                    "\(question) \(page.body)"
                )
            }
        }
    }
}
