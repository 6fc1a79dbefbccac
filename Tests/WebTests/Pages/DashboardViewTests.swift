import Analytics
import Testing

@testable import Web

/// The addresses of pages about the hits that a dashboard's address chooses.
struct DashboardViewTests {
    private static func address(_ view: DashboardView) throws -> DashboardAddress {
        var address = DashboardAddress(try Sample.siteName())
        address.period = [("period", "28d")]
        address.filters = [DashboardFilter("country", "==", ["DE", "a,b"])]
        address.tabs = [.pages: .exit]
        address.view = view
        return address
    }

    private static let steps = [FunnelStep(.page, "/a&b"), FunnelStep(.goal, "x:y")]

    @Test(arguments: [
        (DashboardView.funnel(steps, .days(7)), "funnel", "&step=page%3A%2Fa%26b&step=goal%3Ax%3Ay&within=7"),
        (.funnel([], .visit), "funnel", ""), (.retention(.weekFromSunday), "retention", "&unit=week%3Asunday"),
        (.retention(nil), "retention", ""), (.paths("/b c"), "paths", "&page=%2Fb%20c"),
        (.page("/b"), "page", "&page=%2Fb&pages=exit"), (.event("Sign up"), "event", "&event=Sign%20up&pages=exit"),
        (.event(nil), "event", "&pages=exit"),
    ])
    func linksHaveThePeriodTheFiltersAndTheirOwnParameters(view: DashboardView, path: String, rest: String) throws {
        let link = try Self.address(view).link(Links(base: "/stats"))
        #expect(link.text == "/stats/s/example.com/\(path)?period=28d&filter=country==DE,a%2Cb\(rest)")
    }

    @Test func theSubjectOfAReportIsAFilterElsewhere() throws {
        let address = try Self.address(.page("/b"))
        let rest = "?period=28d&filter=country==DE,a%2Cb&filter=page==%2Fb"
        #expect(address.list(.country, Links()).text == "/s/example.com/list/country\(rest)")
        let why = address.reasons(DashboardSource(.visitors), Links())
        #expect(why?.text == "/s/example.com/why\(rest)&metric=visitors")
        let rows = address.reasons(DashboardSource(.visitors, by: .list(.country)), Links())
        #expect(rows?.text == "/s/example.com/why\(rest)&metric=visitors&by=country")
        #expect(address.file(.week, .csv, Links()).text == "/s/example.com/week.csv\(rest)")
        #expect(address.file(.list(.country), .json, Links()).text == "/s/example.com/list/country.json\(rest)")
        // Once, where it is a filter of the page as well.
        let twice = address.adding(DashboardFilter("page", "==", ["/b"]))
        #expect(twice.list(.country, Links()).text == "/s/example.com/list/country\(rest)")
    }

    @Test(arguments: ["page:/pricing", "event:a:b", "goal: ", "event:é"])
    func stepsAreReadAsTheyAreWritten(text: String) {
        #expect(FunnelStep(text)?.text == text)
    }

    @Test(arguments: ["", "page", "page:", "scroll:/", ":x", "Page:/"])
    func otherTextsAreNoSteps(text: String) {
        #expect(FunnelStep(text) == nil)
    }

    @Test(arguments: [
        ("visit", FunnelQuery.Window.visit), ("1", .days(1)), ("90", .days(90)), ("0", nil), ("91", nil), ("x", nil),
        ("", nil), ("99999999999999999999", nil),
    ])
    func windowsAreAVisitOrDays(text: String, window: FunnelQuery.Window?) {
        #expect(FunnelQuery.Window(text) == window)
    }
}
