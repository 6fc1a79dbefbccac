import Analytics
import FoundationEssentials
import NIOHTTP1
import Support
import Testing

/// The rows of panels and lists as files.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct PanelFileTests {
    private static let day = "from=2026-01-05&to=2026-01-05"

    private func with(_ body: @Sendable (LoggedIn) async throws -> Void) async throws {
        try await LoggedIn.with(.viewer) { viewer in
            #expect(try await viewer.shop.post(ExampleHistory.body, key: viewer.shop.trusted).status == 200)
            try await body(viewer)
        }
    }

    private func lines(_ answer: HTTPAnswer) -> [String] {
        answer.body.split(separator: "\r\n").map(String.init)
    }

    /// A list has the rows of its page: those of the search, in its order, from its offset on.
    @Test(arguments: ["", "&q=p", "&sort=pageviews", "&sort=-pageviews&offset=1", "&filter=country==DE&sort=visitors"])
    func aListHasTheRowsOfItsPage(slice: String) async throws {
        try await with { viewer in
            let target = "\(Self.day)\(slice)"
            let page = try await viewer.open("/s/shop/list/top?\(target)")
            let shown = page.body.matches(of: #/<th scope="row"><a [^>]*><bdi>([^<]*)</#).map { String($0.1) }
            #expect(!shown.isEmpty)
            let csv = try await viewer.open("/s/shop/list/top.csv?\(target)")
            #expect(csv.status == 200 && csv["Content-Type"] == "text/csv; charset=utf-8", "\(csv)")
            #expect(lines(csv).dropFirst().map { String($0.prefix { $0 != "," }) } == shown, "\(csv.body)")
            #expect(lines(csv).first?.hasPrefix("event:page,visitors,percentage,") == true, "\(csv.body)")
            let json = try await viewer.open("/s/shop/list/top.json?\(target)")
            #expect(json["Content-Type"] == "application/json")
            #expect(json.body.matches(of: #/"event:page":"([^"]*)"/#).map { String($0.1) } == shown, "\(json.body)")
        }
    }

    @Test func theChartHasTheRowsOfItsTable() async throws {
        try await with { viewer in
            for (question, column) in [
                (Self.day, "time:hour,visitors,before"),
                ("\(Self.day)&metric=pageviews&compare=off", "time:hour,pageviews"),
            ] {
                let page = try await viewer.open("/s/shop?\(question)")
                let shown = PageText(page).rows(of: "series").map { $0.dropFirst().joined(separator: ",") }
                let csv = lines(try await viewer.open("/s/shop/series.csv?\(question)"))
                #expect(csv.first == column)
                #expect(
                    csv.dropFirst().map { $0.drop { $0 != "," }.dropFirst() } == shown.map { $0[...] },
                    "\(question)"
                )
            }
            let week = lines(try await viewer.open("/s/shop/week.csv?\(Self.day)"))
            #expect(week.contains("Monday 09:00,2"), "\(week)")
            let numbers = lines(try await viewer.open("/s/shop/numbers.csv?\(Self.day)"))
            #expect(numbers.first == "metric,value,before" && numbers.contains("pageviews,6,0"), "\(numbers)")
        }
    }

    /// Rows without a filter that was meant would mislead whoever sees the file alone.
    @Test func whatCannotBeReadIsRefused() async throws {
        try await with { viewer in
            for target in ["series.csv?filter=country", "list/top.json?period=soon", "numbers.csv?colour=red"] {
                #expect(try await viewer.open("/s/shop/\(target)").status == 400, "\(target)")
            }
            for target in ["list/none.csv", "colours.csv"] {
                #expect(try await viewer.open("/s/shop/\(target)").status == 404, "\(target)")
            }
            let stranger = try await viewer.shop.server.ask(.GET, "/s/shop/series.csv")
            #expect(stranger.status == 303)
        }
    }

    @Test func aLinkHasTheFilesOfItsFilters() async throws {
        try await with { viewer in
            let share = try await viewer.shop.database.addShare(#"[["is","visit:country",["DE"]]]"#, to: "shop")
            try await viewer.shop.waitForLinks(share)
            let file = try await viewer.shop.server.ask(.GET, "/share/\(share)/numbers.csv?\(Self.day)&compare=off")
            #expect(lines(file).contains("pageviews,2"), "\(file.body)")
            let list = try await viewer.shop.server.ask(.GET, "/share/\(share)/list/country.csv?\(Self.day)")
            #expect(lines(list).count == 2, "\(list.body)")
        }
    }
}
