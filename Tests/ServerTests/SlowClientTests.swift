import HTTP
import NIOCore
import NIOHTTP1
import Postgres
import Schema
import Server
import Store
import Support
import Testing

/// The connection of a client that sends or reads too slowly is closed.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct SlowClientTests {
    private static let event = "/analytics?timestamp=1&user=a&event=click"

    /// Each byte restarts the idle timeout, but not the timeout of the request.
    @Test(arguments: [
        "POST \(event) HTTP/1.1\r\nHost: a\r\nX: ", "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\nGET /hea",
        "POST /analytics HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: 99999\r\n\r\n",
        "POST /nowhere HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n400\r\n",
    ])
    func aRequestThatArrivesByteByByteIsCutOff(start: String) async throws {
        try await withShortTimeout { server in
            let answers = try await RawConversation.with(port: server.port) { conversation in
                try await conversation.send(start)
                await #expect(throws: (any Error).self) {
                    while true {
                        try await conversation.send("x")
                        try await server.database.run("SELECT pg_sleep(0.1)")
                    }
                }
                return try await conversation.rest()
            }
            #expect(answers.allSatisfy { [200, 404, 408].contains($0.status) })
            #expect(try await server.database.count(.events) == 0)
        }
    }

    @Test(arguments: ["GET /openapi.json", "POST \(event)"])
    func unreadAnswersAreDropped(request: String) async throws {
        try await withShortTimeout { server in
            try await RawConversation.with(port: server.port) { conversation in
                let requests = String(repeating: "\(request) HTTP/1.1\r\nHost: a\r\n\r\n", count: 1000)
                await #expect(throws: (any Error).self) {
                    while true { try await conversation.send(requests) }
                }
            }
            #expect(try await server.ask(.GET, "/healthz").status == 200)
        }
    }

    /// The time for which the server delays a request does not count against the client.
    @Test func aClientThatWaitsForAnAnswerIsNotSlow() async throws {
        try await withShortTimeout { server in
            let blocker = try await server.blocker()
            try await RawConversation.with(port: server.port) { conversation in
                let request = "POST \(Self.event) HTTP/1.1\r\nHost: a\r\n\r\n"
                try await conversation.send(request + request.prefix(20))
                try await server.waits(for: 1)
                try await server.database.run("SELECT pg_sleep(3)")
                try await blocker.run("COMMIT")
                try await conversation.send(String(request.dropFirst(20)))
                #expect(try await conversation.answers(2).map(\.status) == [204, 204])
            }
            await blocker.close()
        }
    }

    private func withShortTimeout(_ body: @Sendable (RunningServer) async throws -> Void) async throws {
        var settings = ServerSettings()
        settings.http.requestTimeout = .seconds(2)
        try await RunningServer.with(.postgres, settings, body)
    }
}
