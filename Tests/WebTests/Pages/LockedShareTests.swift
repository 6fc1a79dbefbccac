import Analytics
import Testing

@testable import Web

/// Pages of share links with a password.
struct LockedShareTests {
    /// The API does not take such a link, so no page leads there.
    @Test(arguments: [(false, true), (true, false)])
    func aListOfALockedLinkLeadsToNoAnswerOfTheInterface(isLocked: Bool, leads: Bool) throws {
        var address = DashboardAddress(try Sample.siteName(), share: "hgl_x")
        address.isLocked = isLocked
        let page = DashboardListPage(
            address,
            .top,
            metrics: [.visitors],
            rows: [DashboardListPage.Row("/a", [.count(1)])],
            total: 2_000,
            slice: DashboardListPage.Slice(sort: .visitors)
        )
        let text = page.content(Links()).text
        #expect(text.contains("share=hgl_x") == leads, "\(text)")
        #expect(text.contains("/share/hgl_x/list/top.csv"), "\(text)")
    }

    @Test func theQuestionForThePasswordKeepsThePageThatWasAskedFor() throws {
        let page = SharePasswordPage(share: "hgl_x", next: "/share/hgl_x?a=1&b=\"", isWrong: true)
        let text = page.content(Links(base: "/stats")).text
        #expect(text.contains("action=\"/stats/share/hgl_x/password\""), "\(text)")
        #expect(text.contains("value=\"/share/hgl_x?a=1&amp;b=&quot;\""), "\(text)")
        #expect(text.contains(SharePasswordPage.failure) && !text.contains("data-seconds"))
    }
}
