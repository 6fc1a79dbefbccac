import Analytics
import Foundation
import NIOHTTP1
import Schema
import Server
import Support
import Testing

/// Who is counted: the four rules, objections, and the names of users.
@Suite(.needsPostgres)
struct VisitorTests {
    private static let agent: HTTPHeaders = ["User-Agent": CollectServer.firefox]

    /// Hits of the same and of other senders; the same letter means the same visitor, `-` nobody.
    private static let senders: [(letter: Character, body: String, isTrusted: Bool, agent: String)] = [
        ("a", #"{"user":"ann"}"#, false, "x"), ("a", #"{"user":"ann","visitor":"dev"}"#, true, ""),
        ("b", #"{"user":"bob"}"#, false, "x"), ("c", #"{"visitor":"ann"}"#, false, "x"),
        ("c", #"{"visitor":"ann","ip":"198.51.100.1"}"#, true, ""), ("d", "{}", false, "x"), ("d", "{}", false, "x"),
        ("e", "{}", false, "y"), ("-", "{}", true, "x"), ("f", #"{"ip":"198.51.100.1"}"#, true, ""),
        ("g", #"{"ip":"198.51.100.1","user_agent":"x"}"#, true, ""),
        ("d", #"{"ip":"127.0.0.1","user_agent":"x"}"#, true, ""),
        ("h", #"{"ip":"2001:db8:0:1::1","user_agent":"x"}"#, true, ""),
        ("h", #"{"ip":"2001:db8:0:1:ffff::2","user_agent":"x"}"#, true, ""),
        ("i", #"{"ip":"2001:db8:0:2::1","user_agent":"x"}"#, true, ""), ("-", #"{"gpc":true}"#, false, "x"),
        ("-", #"{"user":"ann","gpc":true}"#, true, ""), ("-", #"{"ip":"nowhere"}"#, true, ""),
    ]

    @Test(arguments: Flavour.allCases)
    func theRulesFindTheVisitor(flavour: Flavour) async throws {
        try await CollectServer.with(flavour) { shop in
            for (index, sender) in Self.senders.enumerated() {
                let body = sender.body.dropLast() + (sender.body == "{}" ? "" : ",") + #""name":"\#(index + 100)"}"#
                let answer = try await shop.post(
                    String(body),
                    key: sender.isTrusted ? shop.trusted : shop.write,
                    ["User-Agent": sender.agent]
                )
                #expect(answer.status == 204)
                #expect(answer["Analytics-Rejected"] == nil, "\(body)")
            }
            let visitors = try await shop.values(
                "SELECT visitor::text FROM hit JOIN name ON name.id = name_id ORDER BY name.text"
            )
            try #require(visitors.count == Self.senders.count)
            for (first, one) in zip(visitors, Self.senders) {
                #expect((first == nil) == (one.letter == "-"))
                for (second, two) in zip(visitors, Self.senders) where one.letter != "-" {
                    #expect((first == second) == (one.letter == two.letter), "\(one.body) \(two.body)")
                }
            }
            let flags = try await shop.values(
                "SELECT (flags & 12)::integer FROM hit JOIN name ON name.id = name_id ORDER BY name.text"
            )
            #expect(flags.prefix(7) == ["4", "4", "4", "0", "0", "8", "8"])
        }
    }

    @Test(arguments: [
        ("gpc", ["Sec-GPC": "1"], true), ("gpc", ["DNT": "1"], false), ("both", ["DNT": "1"], true),
        ("none", ["Sec-GPC": "1", "DNT": "1"], false),
    ])
    func signalsAreRespected(setting: String, headers: [String: String], objects: Bool) async throws {
        try await CollectServer.with(settings: #"{"respect": "\#(setting)"}"#) { shop in
            let body = #"{"name":"click","user":"ann"}"#
            let answer = try await shop.post(body, key: shop.write, HTTPHeaders(Array(headers)))
            #expect(answer.status == 204)
            #expect(try await shop.values("SELECT (visitor IS NULL)::text FROM hit") == ["\(objects)"])
            #expect(try await shop.values("SELECT count(*) FROM event") == [objects ? "0" : "1"])
            #expect(try await shop.values("SELECT count(*) FROM person") == [objects ? "0" : "1"])
        }
    }

    /// The first user of a device keeps it; traits are put together; visitors with names are never devices.
    @Test(arguments: Flavour.allCases)
    func aDeviceBecomesAUsers(flavour: Flavour) async throws {
        try await CollectServer.with(flavour) { shop in
            _ = try await shop.post(#"{"visitor":"dev"}"#, key: shop.write)
            _ = try await shop.post(#"{"visitor":"dev","user":"ann"}"#, key: shop.write)
            _ = try await shop.post(#"{"visitor":"dev","user":"bob"}"#, key: shop.write)
            let identify = "/api/v1/identify"
            let first = try await shop.post(
                #"{"user":"ann","traits":{"plan":"free","seats":2}}"#,
                to: identify,
                key: shop.write,
                Self.agent
            )
            #expect(first.status == 204)
            #expect(first["Analytics-Rejected"] == nil)
            let second = try await shop.post(
                #"{"user":"ann","visitor":"dev2","traits":{"plan":"paid"}}"#,
                to: identify,
                key: shop.trusted
            )
            #expect(second.status == 204)
            let persons = try await shop.values("SELECT user_id || ' ' || traits FROM person ORDER BY user_id")
            #expect(persons == [#"ann {"plan": "paid", "seats": 2}"#, "bob {}"])
            let aliases = try await shop.values(
                """
                SELECT person.user_id FROM alias
                  JOIN person ON person.site_id = alias.site_id AND person.visitor = alias.user_visitor
                """
            )
            #expect(aliases == ["ann", "ann", "ann"])
            let resolved = try await shop.values(
                """
                SELECT DISTINCT coalesce(user_visitor, hit.visitor)::text FROM hit
                  LEFT JOIN alias ON alias.site_id = hit.site_id AND alias.visitor = hit.visitor
                """
            )
            #expect(resolved.count == 2)
            let nobody = try await shop.post(#"{"traits":{}}"#, to: identify, key: shop.write)
            #expect(nobody["Analytics-Rejected"] == "user: missing")
        }
    }

    /// A click with a page is counted in the hour by the name that the sender gave, or by the visitor.
    @Test func clicksAreInTheHour() async throws {
        try await CollectServer.with(settings: #"{"public": true}"#) { shop in
            for body in [
                #"{"name":"click","user":"ann"}"#, #"{"name":"impression","visitor":"d"}"#, #"{"name":"click"}"#, "{}",
            ] {
                let answer = try await shop.post(body, key: shop.write, Self.agent)
                #expect(answer.status == 204)
            }
            let now = Int(Date().timeIntervalSince1970) + 1
            let answer = try await shop.server.ask(.GET, "/analytics?site=shop&timestamp=\(now)")
            #expect(answer.body == "unique_users,3\nclicks,2\nimpressions,1\n")
        }
    }
}
