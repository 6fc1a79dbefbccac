import FoundationEssentials
import Testing

@testable import Terminal

/// The keys that change what is asked about a site, and how it is shown.
struct SiteQuestionTests {
    private static func dashboard() throws -> Dashboard {
        let site = try WatchedSite(name: "shop", secret: "hgr_x")
        return Dashboard(address: "http://127.0.0.1:8080", interval: .seconds(1), sites: [site])
    }

    private static func press(_ text: String, _ dashboard: inout Dashboard) {
        for character in text { _ = dashboard.press(.character(character)) }
    }

    @Test(arguments: [
        ("country==DE", "visit:country==DE"), ("country!=DE,FR", "visit:country!=DE|FR"),
        ("page=@blog&source==a%2Cb%26c", "event:page==*blog*;visit:source==a,b&c"), ("page!@x", "event:page!=*x*"),
        ("/blog?a&b", "event:page==*/blog?a&b*"), ("prop.plan==a|b;c", "event:props:plan==a\\|b\\;c"),
        ("visit:city==Bonn", "visit:city==Bonn"), ("page==/a=@b", "event:page==/a=@b"),
    ])
    func filtersAreThoseOfTheAddressBar(text: String, parameter: String) throws {
        #expect(try SiteFilter(text).parameter == parameter)
    }

    @Test(arguments: [
        ("country==DE&page=@blog", true), ("/blog", true), ("event==order", false), ("prop.plan==pro", false),
        ("goal==Order&country==DE", false),
    ])
    func someFiltersLeaveNumbersOfVisits(text: String, isAboutVisits: Bool) throws {
        #expect(try SiteFilter(text).isAboutVisits == isAboutVisits)
    }

    @Test(arguments: ["nothing==x", "country==DE&x", "country==%4", "country==%ff"])
    func otherTextsAreRefusedWithAReason(text: String) {
        #expect(throws: SiteFilter.Invalid.self) { try SiteFilter(text) }
    }

    @Test func textsAreEncodedForUrls() {
        #expect(PercentEncoding.encoded("a==ü|*/-") == "a%3D%3D%C3%BC%7C%2A%2F-")
        #expect(PercentEncoding.decoded("a%3D%3d%C3%BC+") == "a==ü+")
        for text in ["%", "%4", "%g1", "%+1", "%C3"] { #expect(PercentEncoding.decoded(text) == nil) }
    }

    @Test func aFilterIsTyped() throws {
        var dashboard = try Self.dashboard()
        Self.press("/qwz", &dashboard)
        #expect(dashboard.page == .site && dashboard.entry?.text == "qwz")
        #expect(dashboard.press(.control("u")) == .none)
        Self.press("country==DEX", &dashboard)
        _ = dashboard.press(.backspace)
        let line = dashboard.frame(width: 80, height: 24, Look()).lines.last
        #expect(line?.hasPrefix("filter: country==DE_") == true)
        _ = dashboard.press(.enter)
        #expect(dashboard.entry == nil && dashboard.question.filter?.text == "country==DE")
        #expect(dashboard.question.parameters == "&period=day&filters=visit%3Acountry%3D%3DDE")
        // Begins with the text of before, and keeps one that is mistaken.
        Self.press("/&x==1", &dashboard)
        _ = dashboard.press(.enter)
        #expect(dashboard.entry?.text == "country==DE&x==1" && dashboard.remark == "there is no field 'x'")
        #expect(dashboard.question.filter?.text == "country==DE")
        _ = dashboard.press(.escape)
        #expect(dashboard.entry == nil && dashboard.question.filter != nil)
        _ = dashboard.press(.escape)
        #expect(dashboard.question.filter == nil && dashboard.page == .site)
        _ = dashboard.press(.escape)
        #expect(dashboard.page == .server)
        // A text has a limit, and Ctrl-C ends the program all the same.
        Self.press("/" + String(repeating: "a", count: 300), &dashboard)
        #expect(dashboard.entry?.text.count == SiteFilter.longest && dashboard.press(.control("c")) == .quit)
    }

    @Test func keysChangeTheQuestionAndTheOrder() throws {
        var dashboard = try Self.dashboard()
        var periods: [String] = []
        for _ in 0..<4 {
            periods.append(dashboard.question.period.rawValue)
            Self.press("t", &dashboard)
        }
        #expect(periods == ["day", "7d", "30d", "12mo"] && dashboard.question.period == .day)
        Self.press("x", &dashboard)
        #expect(dashboard.question.isComparing)
        Self.press("or", &dashboard)
        #expect(dashboard.order.title == "by name, reversed")
        #expect(dashboard.press(.character("z")) == .redraw && dashboard.theme == .bright)
        #expect(dashboard.press(.character("w")) == .save)
        let letters = [("a", 1.0), ("b", 3), ("c", 2)]
        func order(_ order: ViewOrder) -> String {
            order.sorted(letters, name: \.0, figure: \.1).map(\.0).joined()
        }
        #expect(order(ViewOrder()) == "bca" && order(ViewOrder(isReversed: true)) == "acb")
        #expect(order(ViewOrder(isByName: true)) == "abc" && order(dashboard.order) == "cba")
    }

    /// An answer to a question of before is none, and one without figures leaves those that are shown.
    @Test func onlyTheAnswerToTheQuestionIsShown() throws {
        var dashboard = try Self.dashboard()
        let first = dashboard.question
        let total = SiteAnswer.Total(name: "visitors", value: 7)
        dashboard.note(SiteAnswer(question: first, totals: [total]), of: 0)
        dashboard.note(SiteAnswer(question: first, trouble: "the server answered 503"), of: 0)
        #expect(dashboard.site?.answer?.totals == [total] && dashboard.site?.answer?.trouble != nil)
        Self.press("tp", &dashboard)
        dashboard.note(SiteAnswer(question: first), of: 0)
        #expect(dashboard.site?.answer?.totals == [total])
        let text = dashboard.frame(width: 100, height: 30, Look()).lines.joined(separator: "\n")
        #expect(text.contains("totals, today") && text.contains("asking for 7 days"), "\(text)")
        // Paused too, a question is answered once.
        dashboard.note(SiteAnswer(question: dashboard.question), of: 0)
        dashboard.note(SiteAnswer(question: dashboard.question, totals: [total]), of: 0)
        #expect(dashboard.site?.answer?.question.period == .week && dashboard.site?.answer?.totals == [])
    }

    @Test func totalsAreReadFromAggregates() {
        let body = """
            {"results":{"visits":{"value":9},"visitors":{"value":7,"comparison_value":5,"change":40},"x":{"value":null}}}
            """
        let visitors = SiteAnswer.Total(name: "visitors", value: 7, before: 5, change: 40)
        #expect(SiteAnswer.totals(body) == [visitors, SiteAnswer.Total(name: "visits", value: 9)])
        #expect(SiteAnswer.totals("nothing").isEmpty)
    }

    @Test func tablesHaveTheFiguresOfThePage() throws {
        var figures = Figures(at: 1)
        figures.queue = Figures.Fill(used: 2, limit: 10)
        figures.load = [0.5, 1, 2]
        let lines = try ViewTable(figures).csv.split(separator: "\r\n")
        #expect(lines.first == "section,name,value,before")
        for line in ["server,queue.used,2.0,", "server,load.1,0.5,"] { #expect(lines.contains(Substring(line))) }

        var site = SiteFigures(try WatchedSite(name: "shop", secret: nil))
        let entries = [TopList.Entry(name: "=cmd|'x'", visitors: 2), TopList.Entry(name: "/a,\"b\"", visitors: 3)]
        let total = SiteAnswer.Total(name: "visitors", value: 7, before: 5)
        let lists = [TopList(title: "pages", field: "page", entries: entries)]
        site.note(SiteAnswer(question: SiteQuestion(), totals: [total], lists: lists))
        #expect(
            ViewTable(site, ViewOrder()).csv == """
                section,name,value,before\r
                "totals, today",visitors,7.0,5.0\r
                "pages, today","/a,""b""\",3,\r
                "pages, today",'=cmd|'x',2,\r\n
                """
        )
    }
}
