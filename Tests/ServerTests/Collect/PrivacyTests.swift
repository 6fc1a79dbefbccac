import Analytics
import Foundation
import NIOHTTP1
import Postgres
import Schema
import Support
import SystemPackage
import Testing

/// Addresses and keys are nowhere but where they have to be.
@Suite(.needsPostgres)
struct PrivacyTests {
    private static let address = "203.0.113.77"

    /// Every table and view.
    private static let tables = """
        SELECT c.oid::regclass::text FROM pg_class AS c
         WHERE c.relnamespace = 'hourglass'::regnamespace AND c.relkind IN ('r', 'p', 'v') AND NOT c.relispartition
        """

    /// Every row of every table, as text.
    private func everything(_ database: TestDatabase) async throws -> String {
        try await Connection.with(database.url) { connection in
            var text = ""
            for case .text(let table) in try await connection.table(PostgresQuery(Self.tables), limit: .none).rows
                .joined()
            {
                let query = PostgresQuery("SELECT own::text FROM \(table) AS own")
                text += "\(try await connection.table(query, limit: .none).rows)"
            }
            return text
        }
    }

    /// A server in a process of its own, with its log at the lowest level below `debug`, its files, and the database.
    @Test(arguments: Flavour.allCases)
    func whatWasSentIsNotFound(flavour: Flavour) async throws {
        try await withScratch { path in
            try await withDatabase(flavour) { database in
                try await database.addSite("shop")
                let server = try await database.addKey(.server, to: "shop")
                let write = try await database.addKey(.write, to: "shop")
                let read = try await database.addKey(.read, to: "shop")
                let log = CollectingLog()
                var launch = HourglassProcess.Launch(["--database-url", database.serverURL, "--log-level", "info"])
                launch.prefix = ["HOURGLASS_SPOOL=\(path)", "HOURGLASS_TRUSTED_PROXIES=loopback"]
                launch.log = { log.add($0) }
                _ = try await HourglassProcess.with(launch) { process in
                    try await HTTPConversation.with(port: process.port) { conversation in
                        for (key, body, status) in [
                            (server, #"{"ip":"\#(Self.address)","user_agent":"x"}"#, 204),
                            (write, #"{"ip":"\#(Self.address)"}"#, 204), (read, "{}", 403),
                            (server, #"{"ip":"\#(Self.address)","name":""}"#, 204),
                            (server, #"{"ip":"\#(Self.address)","user":"ann","visitor":"d"}"#, 204),
                        ] {
                            let headers: HTTPHeaders = [
                                "Authorization": "Bearer \(key)", "Content-Type": "application/json",
                                "X-Forwarded-For": Self.address,
                            ]
                            let answer = try await conversation.ask(.POST, "/api/v1/events", headers, body: body)
                            #expect(answer.status == status)
                            #expect(!answer.body.contains(Self.address))
                        }
                        try await database.breakConnections(allow: false)
                        let headers: HTTPHeaders = [
                            "Authorization": "Bearer \(server)", "Content-Type": "application/json",
                        ]
                        let body = #"{"ip":"\#(Self.address)"}"#
                        #expect(try await conversation.ask(.POST, "/api/v1/events", headers, body: body).status == 204)
                    }
                }
                try await database.breakConnections(allow: true)
                var places = [log.entries.joined(separator: "\n"), try await everything(database)]
                for name in try FileManager.default.contentsOfDirectory(atPath: path.string) {
                    let bytes = try Data(contentsOf: URL(filePath: path.appending(name).string))
                    places.append(String(decoding: bytes, as: UTF8.self))
                }
                #expect(places.count > 3)
                for place in places {
                    for secret in [Self.address, server, read] { #expect(!place.contains(secret)) }
                }
                // Only write keys are kept as they are, since pages show them to everybody.
                #expect(places[1].contains(write))
            }
        }
    }
}
