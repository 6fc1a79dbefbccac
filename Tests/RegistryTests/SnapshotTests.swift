import Analytics
import Foundation
import Testing

@testable import Registry

/// The look-ups of the registry, without a database.
struct SnapshotTests {
    private static let key = KeyText.random(.read)
    private static let digest = key.digest.map { String(Int($0) + 0x100, radix: 16).dropFirst() }.joined()

    /// Two sites, one of which had another name; salts of 2026-11-25 to 27, in zones on both sides of UTC.
    private static let document = """
        {"version": 7,
         "sites": [
           {"id": 1, "uuid": "5fff8545-47e7-4b10-986e-4254830686b8", "name": "default", "hostnames": [], "zone": "UTC",
            "settings": {}, "organisation": "default", "secret": "aaaa"},
           {"id": 2, "uuid": "85c2ab10-ff7b-42dc-94b1-ac4d6bc63d93", "name": "shop", "hostnames": ["shop.example"],
            "zone": "Pacific/Auckland", "settings": {"late_hours": 48, "unknown": 1}, "organisation": "default",
            "secret": "bbbb"}],
         "former_names": [{"name": "old-shop", "site": 2}],
         "keys": [{"id": 3, "site": 2, "scope": "read", "digest": "\(digest)"}],
         "salts": [{"date": "2026-11-25", "secret": "01"}, {"date": "2026-11-26", "secret": "02"},
                   {"date": "2026-11-27", "secret": "03"}],
         "zones": {"UTC": [1795564800, 1795651200, 1795737600, 1795824000],
                   "Pacific/Auckland": [1795518000, 1795604400, 1795690800, 1795777200]}}
        """

    private static func snapshot(_ text: String = document) throws -> RegistrySnapshot {
        try RegistrySnapshot(try JSONDecoder().decode(RegistryDocument.self, from: Data(text.utf8)))
    }

    /// The file of an earlier program has no links.
    @Test func linksAreFoundByTheirText() throws {
        let link = ShareText.random()
        let digest = link.digest.map { String(Int($0) + 0x100, radix: 16).dropFirst() }.joined()
        let shares = #""shares": [{"id": 5, "site": 2, "filters": "[]", "digest": "\#(digest)"}], "salts"#
        let snapshot = try Self.snapshot(Self.document.replacing("\"salts", with: shares))
        #expect(snapshot.share(link)?.site.rawValue == 2)
        #expect(snapshot.share(.random()) == nil)
        #expect(try Self.snapshot().share(link) == nil)
    }

    /// Links with a password are listed apart, so that earlier programs do not know them at all.
    @Test func linksMayHaveAPassword() throws {
        let link = ShareText.random()
        let digest = link.digest.map { String(Int($0) + 0x100, radix: 16).dropFirst() }.joined()
        let entry = #""id": 5, "site": 2, "filters": "[]", "digest": "\#(digest)""#
        func document(_ entry: String) -> String {
            Self.document.replacing("\"salts", with: #""guarded_shares": [{\#(entry)}], "salts"#)
        }
        let snapshot = try Self.snapshot(document(entry + #", "password": "$scrypt$x""#))
        let share = try #require(snapshot.share(link))
        #expect(share.password?.hash == "$scrypt$x")
        #expect(share.password.map { "\($0)" } == "***")
        #expect(throws: RegistryFailure.self) { try Self.snapshot(document(entry)) }
    }

    @Test func pagesReadWhatTheirSiteOpens() throws {
        let settings = #""settings": {"origins": ["https://a.example", "*"]}, "organisation""#
        let text = Self.document.replacing(#""settings": {}, "organisation""#, with: settings)
        let snapshot = try Self.snapshot(text)
        #expect(snapshot.hasReaders(at: "https://a.example"))
        #expect(!snapshot.hasReaders(at: "https://b.example"))
        let open = try Self.snapshot(text.replacing(#"{"origins""#, with: #"{"public": true, "origins""#))
        #expect(open.hasReaders(at: "https://b.example"))
        #expect(open[Site.standard]?.settings.reader("https://b.example") == .any)
        #expect(snapshot[Site.standard]?.settings.reader("https://b.example") == nil)
        #expect(snapshot[Site.standard]?.settings.reader("https://a.example")?.text == "https://a.example")
    }

    private func name(_ text: String) throws -> SiteName { try SiteName(parsing: text.utf8Span.span) }

    @Test func sitesAreFoundByEveryName() throws {
        let snapshot = try Self.snapshot()
        let (shop, old, nobody) = (try name("shop"), try name("old-shop"), try name("nobody"))
        #expect(snapshot.site(named: shop)?.id.rawValue == 2)
        #expect(snapshot.site(named: old)?.name == shop)
        #expect(snapshot.site(named: nobody) == nil)
        #expect(snapshot[SiteID(rawValue: 2)]?.settings.lateHours == 48)
        #expect(snapshot.key(Self.key)?.scope == .read)
        #expect(snapshot.key(.random(.read)) == nil)
    }

    /// A document of an earlier program, as `registry.cache` may have it, has no goals.
    @Test func goalsAreThoseOfTheSite() throws {
        #expect(try Self.snapshot().allSites.allSatisfy(\.goals.isEmpty))
        let goals = """
            [{"id": 1, "kind": "event", "pattern": "Signup", "depth": null, "display": null, "properties": {},
              "currency": "EUR"},
             {"id": 2, "kind": "page", "pattern": "/a", "depth": null, "display": "A", "properties": {"p": "v"},
              "currency": null},
             {"id": 3, "kind": "scroll", "pattern": "/a", "depth": 50, "display": null, "properties": {},
              "currency": null}]
            """
        let text = Self.document.replacing(#""secret": "bbbb""#, with: #""secret": "bbbb", "goals": \#(goals)"#)
        let snapshot = try Self.snapshot(text)
        #expect(
            snapshot[SiteID(rawValue: 2)]?.goals == [
                Goal(id: GoalID(rawValue: 1), .event("Signup"), currency: "EUR"),
                Goal(id: GoalID(rawValue: 2), .page("/a"), display: "A", properties: ["p": "v"]),
                Goal(id: GoalID(rawValue: 3), .scroll("/a", depth: 50)),
            ]
        )
        #expect(snapshot[Site.standard]?.goals == [])
        for (known, other) in [(#""kind": "page""#, #""kind": "x""#), (#""depth": 50"#, #""depth": null"#)] {
            #expect(throws: RegistryFailure.malformed) { try Self.snapshot(text.replacing(known, with: other)) }
        }
    }

    /// A document of an earlier program has no segments.
    @Test func segmentsAreThoseOfTheSite() throws {
        #expect(try Self.snapshot().allSites.allSatisfy(\.segments.isEmpty))
        let segments = #"[{"id": 7, "name": "A", "filters": "[[]]"}]"#
        let text = Self.document.replacing(#""secret": "bbbb""#, with: #""secret": "bbbb", "segments": \#(segments)"#)
        let snapshot = try Self.snapshot(text)
        let segment = Segment(id: SegmentID(rawValue: 7), name: "A", filters: "[[]]")
        #expect(snapshot[SiteID(rawValue: 2)]?.segments == [segment])
        #expect(snapshot[Site.standard]?.segments == [])
    }

    /// The most exact rule decides, and the oldest site among equal ones.
    @Test(
        arguments: [
            ("shop.example", 2), ("www.shop.example", 3), ("en.shop.example", 4), ("de.en.shop.example", 4),
            ("a.b.shop.example", 3), ("b.shop.example", 3), ("other.example", nil), ("example", nil), ("", nil),
            ("www.www.shop.example", 3),
        ] as [(String, Int32?)]
    )
    func aSiteIsFoundByItsHost(host: String, id: Int32?) throws {
        let sites = [
            "1": "", "2": #""shop.example""#, "3": #""*.shop.example", "www.shop.example", "shop.example""#,
            "4": #""*.en.shop.example", "en.shop.example""#,
        ].map { id, hosts in
            """
            {"id": \(id), "uuid": "85c2ab10-ff7b-42dc-94b1-ac4d6bc63d93", "name": "site-\(id)", "hostnames": [\(hosts)],
             "zone": "UTC", "settings": {}, "organisation": "default", "secret": "bbbb"}
            """
        }
        let snapshot = try Self.snapshot(
            """
            {"version": 1, "sites": [\(sites.joined(separator: ","))], "former_names": [], "keys": [], "salts": [], "zones": {}}
            """
        )
        let site = snapshot.site(ofHost: host)
        #expect(site?.id.rawValue == id)
        #expect((site == nil) == !snapshot.allSites.contains { !$0.hostnames.isEmpty && $0.allows(host: host) })
    }

    /// A date begins and ends at the midnights of the site's zone.
    @Test(
        arguments: [
            ("default", 1_795_564_799, nil), ("default", 1_795_564_800, 1), ("default", 1_795_651_199, 1),
            ("default", 1_795_651_200, 2), ("default", 1_795_823_999, 3), ("default", 1_795_824_000, nil),
            ("shop", 1_795_517_999, nil), ("shop", 1_795_518_000, 1), ("shop", 1_795_604_399, 1),
            ("shop", 1_795_604_400, 2), ("shop", 1_795_777_200, nil),
        ] as [(String, Int, UInt8?)]
    )
    func theSaltIsThatOfTheLocalDate(site: String, seconds: Int, salt: UInt8?) throws {
        let snapshot = try Self.snapshot()
        let site = try #require(snapshot.site(named: try name(site)))
        let now = Timestamp(seconds: 1_795_600_000)
        #expect(snapshot.salt(of: site, at: Timestamp(seconds: seconds), now: now)?.first == salt)
    }

    /// A server that cannot reach the database keeps no salt longer than the database does.
    @Test func aSaltIsGoneADayAfterItsDate() throws {
        let snapshot = try Self.snapshot()
        let site = try #require(snapshot[Site.standard])
        let noon = Timestamp(seconds: 1_795_564_800 + 12 * 3_600)
        let end = Timestamp(seconds: 1_795_564_800 + 60 * 3_600)
        #expect(snapshot.salt(of: site, at: noon, now: end.advanced(by: .milliseconds(-1))) != nil)
        #expect(snapshot.salt(of: site, at: noon, now: end) == nil)
    }

    @Test(arguments: ["2026-13-01", "x", "1969-01-01", "2026-11"])
    func aMalformedDateIsAnError(date: String) throws {
        let text = Self.document.replacing("2026-11-25", with: date)
        #expect(throws: RegistryFailure.malformed) { try Self.snapshot(text) }
    }
}
