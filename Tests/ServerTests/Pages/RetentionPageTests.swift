import Analytics
import Postgres
import Schema
import Server
import Support
import Testing

/// The page of a site about the age of its hits.
@Suite(.needsPostgres)
struct RetentionPageTests {
    @Test func aSiteKeepsHitsForAShorterTimeThanTheServerAlone() async throws {
        let settings = {
            var settings = ServerSettings()
            settings.retentionDays = 400
            return settings
        }()
        try await withDatabase(.postgres) { database in
            try await database.addSite("shop")
            try await database.addAccount("admin", .admin)
            try await RunningServer.with(database, settings) { server in
                let browser = TestBrowser(server)
                try await browser.logIn("admin")
                let page = "/s/shop/settings/retention"
                let question = "SELECT settings ->> 'retention_days' FROM hourglass.site WHERE name = 'shop'"
                for (days, status, expected) in [
                    ("90", 303, "90"), ("6", 400, "90"), ("401", 400, "90"), ("x", 400, "90"), ("", 303, nil),
                    ("400", 303, "400"),
                ] {
                    let answer = try await browser.send(page, ["late_hours": "24", "retention_days": days])
                    #expect(answer.status == status, "\(days): \(answer.body.suffix(500))")
                    let kept = try await Connection.with(database.url) { try await $0.values(question) }
                    #expect(kept == [[expected]], "\(days)")
                }
                let shown = try await browser.open(page)
                #expect(shown.body.contains(#"value="400""#))
            }
        }
    }
}
