import Analytics
import Foundation
import NIOHTTP1
import Schema
import Server
import Support
import Testing

/// Hits while the database is away, and when the server starts without it.
@Suite(.needsPostgres)
struct OutageTests {
    private static func send(_ server: RunningServer, _ key: String, _ body: String = "{}") async throws -> HTTPAnswer {
        let headers: HTTPHeaders = ["Authorization": "Bearer \(key)", "Content-Type": "application/json"]
        return try await server.ask(.POST, "/api/v1/events", headers, body: body)
    }

    /// Known keys go on working, unknown ones are not judged; the visitors are those that they would have been.
    @Test func keysAreKnownWithoutTheDatabase() async throws {
        try await withScratch { path in
            try await withDatabase(.postgres) { database in
                try await database.addSite("shop")
                let key = try await database.addKey(.write, to: "shop")
                try await RunningServer.with(database, spool: path) { server in
                    let answer = try await Self.send(server, key)
                    #expect(answer.status == 204)
                }
                try await database.breakConnections(allow: false)
                let late = try await RunningServer.with(database, spool: path) { server in
                    let known = try await Self.send(server, key, #"{"id":"1"}"#)
                    #expect(known.status == 204)
                    #expect(known["Analytics-Rejected"] == nil)
                    let open = try await server.ask(
                        .POST,
                        "/api/v1/events",
                        ["Content-Type": "application/json"],
                        body: #"{"site":"shop","user":"ann"}"#
                    )
                    #expect(open.status == 204)
                    let unknown = try await Self.send(server, KeyText.random(.write).text)
                    #expect(unknown.status == 503)
                    #expect(unknown["Retry-After"] == "1")
                    let site = try await server.ask(
                        .POST,
                        "/api/v1/events",
                        ["Content-Type": "application/json"],
                        body: #"{"site":"new"}"#
                    )
                    #expect(site.status == 503)
                    try await database.breakConnections(allow: true)
                    try await eventually { try await server.ask(.GET, "/readyz").body.contains(#""status":"ready""#) }
                    return try await Self.send(server, key).status
                }
                #expect(late == 204)
                let collected = try await RunningServer.with(database, spool: path) { server in
                    let shop = CollectServer(server: server, write: key, trusted: "", read: "", other: "")
                    let visitors = try await shop.values("SELECT visitor::text FROM hit")
                    #expect(Set(visitors).count == 2)
                    #expect(!visitors.contains(nil))
                    #expect(try await shop.values("SELECT user_id FROM person") == ["ann"])
                    return visitors.count
                }
                #expect(collected == 4)
            }
        }
    }

    /// Without the file nothing is known about sites; the standard one is taken all the same.
    @Test func withoutTheFileSitesAreUnknown() async throws {
        try await withScratch { path in
            try await withDatabase(.postgres) { database in
                try await database.breakConnections(allow: false)
                try await RunningServer.with(database, spool: path) { server in
                    let named = try await server.ask(
                        .POST,
                        "/api/v1/events",
                        ["Content-Type": "application/json"],
                        body: #"{"site":"shop"}"#
                    )
                    #expect(named.status == 503)
                    #expect(named.body.contains("the sites are not known yet"))
                    let event = "/analytics?timestamp=1223567997&event=click&user=a"
                    #expect(try await server.ask(.POST, event).status == 204)
                }
                try await database.breakConnections(allow: true)
            }
        }
    }
}
