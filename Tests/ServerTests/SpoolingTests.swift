import NIOHTTP1
import Schema
import Server
import Store
import Support
import Testing

@Suite(.needsPostgres)
struct SpoolingTests {
    private static let event = "/analytics?timestamp=1223567997&event=click&user="
    private static let question = "/analytics?timestamp=1223567999"

    /// Events are accepted, queries are refused until counts are complete again, and readiness and metrics say so.
    @Test(arguments: Flavour.allCases)
    func eventsAreTakenWhileTheDatabaseIsAway(flavour: Flavour) async throws {
        try await withScratch { path in
            try await RunningServer.with(flavour, spool: path) { server in
                #expect(try await server.ask(.POST, Self.event + "a").status == 204)
                try await server.database.breakConnections(allow: false)
                #expect(try await server.ask(.POST, Self.event + "b").status == 204)
                let lines: HTTPHeaders = ["Content-Type": "text/csv"]
                let body = "timestamp,user,event\n1223567998,c,impression\n1223567998,d,impression\n"
                #expect(try await server.ask(.POST, "/analytics", lines, body: body).status == 200)

                let answer = try await server.ask(.GET, Self.question)
                #expect(answer.status == 503)
                #expect(answer["Retry-After"] == "1")
                #expect(answer.body.contains("have still to be stored"))
                let ready = try await server.ask(.GET, "/readyz")
                #expect(ready.status == 200)
                #expect(ready.body.contains(#""status":"degraded""#))
                let names = ready.body.matches(of: /"([a-z]+)":\{"status"/).map { String($0.1) }
                #expect(
                    names == [
                        "spooled", "database", "schema", "writing", "queue", "registry", "drain", "spool", "tasks",
                    ]
                )
                let metrics = try await server.ask(.GET, "/metrics").body
                #expect(!metrics.contains("hourglass_spool_bytes 0.0\n"))

                try await server.database.breakConnections(allow: true)
                try await eventually { try await server.ask(.GET, Self.question).status == 200 }
                let counts = try await server.ask(.GET, Self.question).body
                #expect(counts == "unique_users,4\nclicks,2\nimpressions,2\n")
                #expect(try await server.ask(.GET, "/metrics").body.contains("hourglass_spool_bytes 0.0\n"))
                #expect(try await server.ask(.GET, "/readyz").body.contains(#""status":"ready""#))
            }
        }
    }

    @Test func aShutdownLeavesTheSpoolToTheNextServer() async throws {
        try await withScratch { path in
            try await withDatabase(.postgres) { database in
                try await RunningServer.with(database, spool: path) { server in
                    try await database.breakConnections(allow: false)
                    #expect(try await server.ask(.POST, Self.event + "a").status == 204)
                }
                try await database.breakConnections(allow: true)
                try await RunningServer.with(database, spool: path) { server in
                    try await eventually { try await server.ask(.GET, Self.question).status == 200 }
                    #expect(
                        try await server.ask(.GET, Self.question).body == "unique_users,1\nclicks,1\nimpressions,0\n"
                    )
                }
            }
        }
    }
}
