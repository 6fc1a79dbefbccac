import Analytics
import NIOHTTP1
import Support
import Testing

/// The single visits of a site, `/s/{site}/visits`, and the page of each.
@Suite(.needsPostgres)
struct VisitPageTests {
    private static let list = "/s/shop/visits?from=2026-01-05&to=2026-01-05"

    private static func hit(_ user: String, _ time: String, _ url: String, _ fields: String = "") -> String {
        "{\"user\":\"\(user)\",\"timestamp\":\"2026-01-05T\(time)Z\",\"url\":\"https://shop.example\(url)\"\(fields)}"
    }

    /// The addresses of the visits on a page.
    private static func visits(on page: PageText) -> [String] {
        page.text.matches(of: /href="(\/s\/shop\/visits\/[0-9a-f]{16}-[0-9]+[^"]*)"/).map {
            String($0.1).replacing("&amp;", with: "&")
        }
    }

    /// The address of a link with a text; nil without it.
    private static func link(_ name: String, on page: PageText) -> String? {
        let links = page.text.matches(of: /<a class="button secondary" href="([^"]*)">([^<]*)<\/a>/)
        return links.first { $0.2 == name }.map { String($0.1).replacing("&amp;", with: "&") }
    }

    @Test func areTheNewestFirst() async throws {
        try await LoggedIn.with { member in
            #expect(try await member.shop.post(ExampleHistory.body, key: member.shop.trusted).status == 200)
            let page = PageText(try await member.open(Self.list))
            let rows = page.rows(of: "visits")
            let entries = ["/pricing", "/blog", "/", "/"].map { "shop.example\($0)" }
            #expect(rows.map { $0[4] } == entries, "\(page.text)")
            #expect(rows.map { $0[1] } == ["2 m 0 s", "1 m 0 s", "0 s", "5 m 30 s"])
            #expect(rows.map { $0[0].hasSuffix("Bounce") } == [false, false, true, false])
            #expect(rows[3][2...].starts(with: ["2", "3"]) && rows[3][6] == "Google" && rows[3][7] == "Germany")
            for (filter, count) in [("country==DE", 1), ("event==Signup", 1), ("page==/", 3), ("entry==/blog", 1)] {
                let page = PageText(try await member.open("\(Self.list)&filter=\(filter)"))
                #expect(page.rows(of: "visits").count == count, "\(filter) \(page.text)")
                // The links to visits keep the filter.
                #expect(Self.visits(on: page).allSatisfy { $0.contains("filter=\(filter.prefix(5))") })
            }
            let none = try await member.open("\(Self.list)&filter=country==NZ")
            #expect(none.status == 200 && none.body.contains("meets all filters"))
        }
    }

    @Test func haveTheirHits() async throws {
        try await LoggedIn.with { member in
            #expect(try await member.shop.post(ExampleHistory.body, key: member.shop.trusted).status == 200)
            let visits = Self.visits(on: PageText(try await member.open(Self.list)))
            let page = PageText(try await member.open(try #require(visits.last)))
            let rows = page.rows(of: "hits")
            #expect(rows.map { $0[1] } == ["Page view", "Page view", "Event"], "\(page.text)")
            #expect(rows.map { $0[2] } == ["/", "/pricing", "/pricing"].map { "shop.example\($0)" })
            #expect(rows.map { $0[5] } == ["4 m 0 s", "1 m 30 s", "–"])
            #expect(rows[2][3] == "Signup" && rows[2][4] == "{&quot;plan&quot;: &quot;pro&quot;}")
            // The way back has the period.
            #expect(page.text.contains("href=\"/s/shop/visits?from=2026-01-05&amp;to=2026-01-05\""))
            #expect(try await member.open("\(try #require(visits.last))&offset=3").status == 404)
            for wrong in ["0000000000000001-1767603600000", "none", "1-1", "0000000000000001-"] {
                #expect(try await member.open("/s/shop/visits/\(wrong)").status == 404, "\(wrong)")
            }
        }
    }

    @Test func comePageByPage() async throws {
        try await LoggedIn.with { member in
            let hits = (10..<70).map {
                Self.hit("user \($0)", "10:00:\($0 % 60)".replacing(/:(\d)$/) { ":0\($0.1)" }, "/")
            }
            #expect(
                try await member.shop.post("[\(hits.joined(separator: ","))]", key: member.shop.trusted).status == 200
            )
            let first = PageText(try await member.open(Self.list))
            #expect(Self.visits(on: first).count == 50 && Self.link("Newer", on: first) == nil)
            let second = PageText(try await member.open(try #require(Self.link("Older", on: first))))
            #expect(Self.visits(on: second).count == 10 && Self.link("Older", on: second) == nil)
            #expect(Set(Self.visits(on: first) + Self.visits(on: second)).count == 60)
            let again = PageText(try await member.open(try #require(Self.link("Newer", on: second))))
            #expect(Self.visits(on: again) == Self.visits(on: first))
            // A place that cannot be read is none.
            let wrong = PageText(try await member.open("\(Self.list)&before=x&after=%FF"))
            #expect(Self.visits(on: wrong) == Self.visits(on: first))
        }
    }

    @Test func hostileTextsAreText() async throws {
        try await LoggedIn.with { member in
            let fields =
                #","name":"<img src=x>","props":{"<b>":"</td><script>"},"source":"<i>""#
            for fields in [fields, #","title":"<u>""#] {
                let hit = Self.hit("<script>", "10:00:00", "/%3Cscript%3Ealert(1)", fields)
                #expect(try await member.shop.post(hit, key: member.shop.trusted).status < 300)
            }
            let list = PageText(try await member.open(Self.list))
            let visit = PageText(try await member.open(try #require(Self.visits(on: list).first)))
            for page in [list, visit] {
                for text in ["<img src", "</td><script>", "<i>", "<script>alert", "href=\"javascript"] {
                    #expect(!page.text.contains(text), "\(text) \(page.text)")
                }
            }
            #expect(visit.text.contains("&lt;img src=x&gt;"), "\(visit.text)")
        }
    }

    /// Viewers see what is counted, and no single visit.
    @Test func areForMembers() async throws {
        try await LoggedIn.with(.viewer) { viewer in
            #expect(try await viewer.shop.post(ExampleHistory.body, key: viewer.shop.trusted).status == 200)
            let member = try await LoggedIn(viewer.shop, .member)
            let visit = try #require(Self.visits(on: PageText(try await member.open(Self.list))).first)
            let list = PageText(try await viewer.open(Self.list))
            #expect(list.text.contains("Single visits are for members") && Self.visits(on: list).isEmpty)
            #expect(try await viewer.open(visit).status == 403)
            #expect(try await viewer.shop.server.ask(.GET, visit).status == 303)
        }
    }
}
