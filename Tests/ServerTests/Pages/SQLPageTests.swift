import NIOHTTP1
import Analytics
import Support
import Testing

/// The pages of questions in SQL, `/s/{site}/sql` and those below.
@Suite(.needsPostgres)
struct SQLPageTests {
    private static let hits = """
        [{"user":"ann","timestamp":"2026-01-05T09:00:00Z","url":"https://shop.example/","title":"Shop"},
         {"user":"bob","timestamp":"2026-01-05T10:00:00Z","url":"https://shop.example/%3Cb%3E","title":"<b>"}]
        """
    private static let dates = ["from": "2026-01-05", "to": "2026-01-05"]

    /// Lends a browser of an operator.
    private func withOperator(_ body: @Sendable (TestBrowser) async throws -> Void) async throws {
        try await CollectServer.with { shop in
            let stored = try await shop.post(Self.hits, key: shop.trusted)
            #expect(stored.status == 200 && stored.body.contains(#""rejected":0"#), "\(stored.body)")
            let cookie = try await shop.server.database.addLogin(.member)
            try await shop.server.database.run("SELECT set_operator(account_named('account-member'), true)")
            let browser = TestBrowser(shop.server, cookie: cookie)
            // The questions are prepared meanwhile.
            try await eventually { try await browser.open("/s/shop/sql").body.contains("entry-pages") }
            try await body(browser)
        }
    }

    @Test func aSavedQuestionIsAskedByItsForm() async throws {
        try await withOperator { browser in
            let target = "/s/shop/sql/public/entry-pages?from=2026-01-05&to=2026-01-05"
            let page = try await browser.open(target)
            #expect(page.status == 200)
            #expect(page.body.contains("&lt;b&gt;") && !page.body.contains("<b>"), "\(page.body)")
            let wrong = try await browser.open("/s/shop/sql/public/entry-pages?from=yesterday&to=2026-01-05")
            #expect(wrong.status == 400 && wrong.body.contains(#"id="from-error""#), "\(wrong.body)")
            #expect(try await browser.open("/s/shop/sql/public/nothing").status == 404)
        }
    }

    @Test func freeTextIsAnsweredOrRefusedWithItsPlace() async throws {
        try await withOperator { browser in
            let text = ["sql": "SELECT path, NULL AS nothing FROM hit WHERE ts >= :from AND ts < :to ORDER BY path"]
            let answer = try await browser.send("/s/shop/sql/text", text.merging(Self.dates) { $1 })
            #expect(answer.status == 200)
            #expect(answer.body.contains("&lt;b&gt;") && answer.body.contains("NULL"), "\(answer.body)")
            let wrong = try await browser.send("/s/shop/sql/text", ["sql": "SELECT pth FROM hit"])
            #expect(wrong.status == 422)
            #expect(wrong.body.contains("column &quot;pth&quot; does not exist"), "\(wrong.body)")
            #expect(wrong.body.contains("hit.path"), "no hint: \(wrong.body)")
            // The text stays in the form.
            #expect(wrong.body.contains("SELECT pth FROM hit</textarea>"))
            let secret = try await browser.send("/s/shop/sql/text", ["sql": "SELECT * FROM hourglass.account"])
            #expect(secret.status == 422, "\(secret.body)")
        }
    }

    @Test func freeTextIsExplained() async throws {
        try await withOperator { browser in
            let form = ["sql": "SELECT count(*) FROM hit", "action": "explain"]
            let answer = try await browser.send("/s/shop/sql/text", form)
            #expect(answer.status == 200)
            #expect(answer.body.contains("Aggregate"), "\(answer.body)")
            let two = try await browser.send("/s/shop/sql/text", ["sql": "SELECT 1; SELECT 2", "action": "explain"])
            #expect(two.status == 422, "\(two.body)")
        }
    }

    /// The rows of a text are sorted and searched without another way of asking.
    @Test func theRowsOfATextAreSortedAndSearched() async throws {
        try await withOperator { browser in
            let sql = "SELECT path, 10 - length(path) AS rest FROM hit ORDER BY path"
            func rows(_ form: [String: String]) async throws -> [[String]] {
                let answer = try await browser.send("/s/shop/sql/text", form.merging(["sql": sql]) { $1 })
                #expect(answer.status == 200, "\(answer.body)")
                return PageText(answer).rows(of: "query-answer")
            }
            let (first, second) = (["/", "9"], ["/&lt;b&gt;", "6"])
            #expect(try await rows(["action": "run"]) == [first, second])
            #expect(try await rows(["sort": "2"]) == [second, first])
            #expect(try await rows(["sort": "-2"]) == [first, second])
            #expect(try await rows(["sort": "-1", "search": "<B"]) == [second])
            let page = try await browser.send("/s/shop/sql/text", ["sql": sql, "sort": "2"])
            #expect(page.body.contains(#"<button form="question" name="sort" value="-2">rest</button>"#))
            #expect(page.body.contains("1 of 2") == false && page.body.contains("Link to this question"))
        }
    }

    @Test func theRowsOfASavedQuestionAreSortedByTheHeads() async throws {
        try await withOperator { browser in
            let target = "/s/shop/sql/public/entry-pages?from=2026-01-05&to=2026-01-05&search=b&sort=-1"
            let page = try await browser.open(target)
            #expect(page.body.contains(#"aria-sort="descending""#), "\(page.body)")
            #expect(page.body.contains("search=b&amp;sort=1"), "\(page.body)")
            // Another search keeps the order.
            #expect(page.body.contains(#"<input type="hidden" name="sort" value="-1">"#))
            #expect(PageText(page).rows(of: "query-answer").count == 1)
        }
    }

    /// The text of another page comes in the address, and is not run before somebody says so.
    @Test func aTextInTheAddressIsShown() async throws {
        try await withOperator { browser in
            let page = try await browser.open("/s/shop/sql/text?sql=SELECT%20%27%3C%2Ftextarea%3E%27")
            #expect(page.status == 200)
            #expect(page.body.contains("SELECT &#39;&lt;/textarea&gt;&#39;</textarea>"), "\(page.body)")
            #expect(!page.body.contains("Answer</h2>"))
        }
    }
}
