import Testing

@testable import Web

/// The periods before, after and around that of a dashboard.
struct PeriodStepsTests {
    private static func text(_ period: PeriodSteps.Parameters?) -> String? {
        period?.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
    }

    private static func parameters(_ text: String) -> PeriodSteps.Parameters {
        text.split(separator: "&").map { pair in
            let halves = pair.split(separator: "=")
            return (String(halves[0]), String(halves[1]))
        }
    }

    @Test(arguments: [
        ("period=day", "2026-03-01", "2026-03-01", "period=day&date=2026-02-28", "period=day&date=2026-03-02"),
        ("period=yesterday", "2024-03-01", "2024-03-01", "period=day&date=2024-02-29", "period=day&date=2024-03-02"),
        ("period=week", "2026-11-23", "2026-11-29", "period=week&date=2026-11-22", "period=week&date=2026-11-30"),
        ("period=month", "2026-01-01", "2026-01-31", "period=month&date=2025-12-31", "period=month&date=2026-02-01"),
        ("period=lastyear", "2025-01-01", "2025-12-31", "period=year&date=2024-12-31", "period=year&date=2026-01-01"),
        ("period=7d", "2026-11-19", "2026-11-25", "from=2026-11-12&to=2026-11-18", "from=2026-11-26&to=2026-12-02"),
        ("", "2026-10-26", "2026-11-24", "from=2026-09-26&to=2026-10-25", "from=2026-11-25&to=2026-12-24"),
        ("period=6mo", "2026-05-01", "2026-10-31", "from=2025-11-01&to=2026-04-30", "from=2026-11-01&to=2027-04-30"),
        (
            "from=2026-02-27&to=2026-03-01", "2026-02-27", "2026-03-01", "from=2026-02-24&to=2026-02-26",
            "from=2026-03-02&to=2026-03-04"
        ),
        (
            "from=2026-11-25T00:00&to=2026-11-25T00:59", "2026-11-25", "2026-11-25",
            "from=2026-11-24T23:00&to=2026-11-24T23:59", "from=2026-11-25T01:00&to=2026-11-25T01:59"
        ),
        (
            "from=2026-11-24T12:00&to=2026-11-25", "2026-11-24", "2026-11-25",
            "from=2026-11-23T00:00&to=2026-11-24T11:59", "from=2026-11-26T00:00&to=2026-11-27T11:59"
        ),
    ])
    func aPeriodHasNeighboursOfItsKind(period: String, first: String, last: String, earlier: String, later: String) {
        let steps = PeriodSteps(Self.parameters(period), first: first, last: last, isOver: true)
        #expect(Self.text(steps.earlier) == earlier)
        #expect(Self.text(steps.later) == later)
        let open = PeriodSteps(Self.parameters(period), first: first, last: last, isOver: false)
        #expect(Self.text(open.earlier) == earlier && open.later == nil)
    }

    @Test(arguments: ["period=all", "period=24h", "period=hour", "period=xmo", "from=a&to=b"])
    func othersHaveNone(period: String) {
        let steps = PeriodSteps(Self.parameters(period), first: "2026-11-2", last: "x", isOver: true)
        #expect(steps.earlier == nil && steps.later == nil && steps.around.isEmpty)
    }

    @Test(arguments: [
        ("from=2026-11-25T14:00&to=2026-11-25T14:59", ["2026", "Nov 2026", "25 Nov 2026"]),
        ("period=day&date=2026-11-25", ["2026", "Nov 2026"]), ("period=month&date=2026-11-25", ["2026"]),
        ("period=year", []), ("from=2026-11-24&to=2026-11-26", ["2026", "Nov 2026"]),
    ])
    func theWayUpHasTheWiderPeriods(period: String, titles: [String]) {
        let isLong = period.hasPrefix("from=2026-11-24")
        let (first, last) = isLong ? ("2026-11-24", "2026-11-26") : ("2026-11-25", "2026-11-25")
        let steps = PeriodSteps(Self.parameters(period), first: first, last: last, isOver: true)
        #expect(steps.around.map(\.title) == titles)
    }

    @Test func datesAreThoseOfTheCalendar() throws {
        var date = try #require(CivilDate("1999-12-31"))
        var (leaps, months) = (0, 0)
        for _ in 0..<146_097 {
            let next = try #require(date.adding(days: 1))
            #expect(date < next && date.days(to: next) == 1)
            let text = next.description
            #expect(CivilDate(text) == next)
            if text.hasSuffix("-02-29") { leaps += 1 }
            if text.hasSuffix("-01") { months += 1 }
            date = next
        }
        #expect(date.description == "2399-12-31" && leaps == 97 && months == 4_800)
    }

    @Test(arguments: [
        "", "2026-02-29", "2026-13-01", "2026-00-01", "0000-01-01", "2026-1-01", "2026-01-0a", "99999-01-01",
        "2026-01-32",
        "２０２６-01-01",
    ])
    func otherTextsAreNoDates(text: String) { #expect(CivilDate(text) == nil) }

    @Test func datesEndWithTheYears() {
        #expect(CivilDate("9999-12-31")?.adding(days: 1) == nil)
        #expect(CivilDate("0001-01-01")?.adding(days: -1) == nil)
        #expect(CivilDate("0001-01-01")?.adding(days: .max) == nil)
        #expect(CivilDate("0001-01-01")?.firstDay(months: -1) == nil)
        #expect(CivilDate("9999-12-31")?.firstDay(months: 1) == nil)
        #expect(CivilMinute("2026-11-25T23:59")?.adding(.max) == nil)
    }
}
