import HTTP
import NIOCore
import NIOHTTP1
import Postgres
import Schema
import Server
import Store
import Support
import Testing

/// The end of connections that wait for an answer of `ConnectionGate`, or have had one.
@Suite(.needsPostgres, .timeLimit(.minutes(5)))
struct ConnectionGateEndTests {
    private static let post = "POST /analytics?timestamp=1&user=a&event=click HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let get = "GET /analytics?timestamp=1 HTTP/1.1\r\nHost: a\r\n\r\n"

    @Test func aClientThatHasClosedItsOutputGetsItsAnswers() async throws {
        try await RunningServer.with { server in
            let blocker = try await server.blocker()
            let answers = try await RawConversation.with(port: server.port) { conversation in
                try await conversation.send(Self.post + Self.get + Self.post)
                conversation.finish()
                try await server.waits(for: 1)
                try await blocker.run("COMMIT")
                return try await conversation.rest()
            }
            #expect(answers.map(\.status) == [204, 200, 204])
            await blocker.close()
        }
    }

    /// The client disconnects before the answer: its event is stored, and the server keeps serving others.
    @Test func aClientThatLeavesDoesNoHarm() async throws {
        try await RunningServer.with { server in
            let blocker = try await server.blocker()
            try await RawConversation.with(port: server.port) { conversation in
                try await conversation.send(Self.post + Self.post)
                try await server.waits(for: 2)
            }
            try await blocker.run("COMMIT")
            try await server.waits(for: 0)
            #expect(try await server.database.count(.events) == 2)
            #expect(try await server.ask(.POST, "/analytics?timestamp=1&user=a&event=click").status == 204)
            await blocker.close()
        }
    }

    @Test func theShutdownWaitsForTheAnswers() async throws {
        try await withDatabase(.postgres) { database in
            try await RunningServer.ending(database) { server, end in
                let blocker = try await server.blocker()
                try await withThrowingTaskGroup { group in
                    for number in 0..<8 {
                        let last = number.isMultiple(of: 2) ? (Self.get, 200) : (Self.post, 204)
                        group.addTask {
                            let answers = try await RawConversation.with(port: server.port) { conversation in
                                try await conversation.send(Self.post + Self.post + last.0)
                                return try await conversation.rest()
                            }
                            #expect(answers.map(\.status) == [204, 204, last.1])
                            // The header keeps the client from sending another request on a connection that is closing.
                            #expect(answers.map { $0["Connection"] } == [nil, nil, "close"])
                        }
                    }
                    try await server.waits(for: 20)
                    try await end()
                    try await blocker.run("COMMIT")
                    try await group.waitForAll()
                }
                await blocker.close()
            }
            #expect(try await database.count(.events) == 20)
        }
    }

    @Test func anIdleConnectionIsClosed() async throws {
        try await withShortTimeout { server in
            try await withThrowingTaskGroup { group in
                let cases = [("", nil), (Self.post, 204), (Self.get, 200), ("POST /analytics?times", 408)]
                for (request, expected) in cases {
                    group.addTask {
                        let answers = try await RawConversation.with(port: server.port) { conversation in
                            try await conversation.send(request)
                            return try await conversation.rest()
                        }
                        #expect(answers.map(\.status) == (expected.map { [$0] } ?? []))
                    }
                }
                try await group.waitForAll()
            }
        }
    }

    @Test func aConnectionThatWaitsForAnAnswerIsNotIdle() async throws {
        try await withShortTimeout { server in
            let blocker = try await server.blocker()
            try await RawConversation.with(port: server.port) { conversation in
                try await conversation.send(Self.post)
                try await waitForIdleTimeout(server)
                try await blocker.run("COMMIT")
                #expect(try await conversation.answers(1).map(\.status) == [204])
            }
            await blocker.close()
        }
    }

    @Test func aConnectionWithRequestsIsNotIdle() async throws {
        try await withShortTimeout { server in
            let ended = Counting()
            async let idle: Void = {
                try await waitForIdleTimeout(server)
                ended.next()
            }()
            try await HTTPConversation.with(port: server.port) { conversation in
                while ended.value == 0 {
                    // Often enough not to be idle, but rarely enough not to load the other tests.
                    try await server.database.run("SELECT pg_sleep(0.5)")
                    let answer = try await conversation.ask(.POST, "/analytics?timestamp=1&user=a&event=click")
                    #expect(answer.status == 204)
                }
            }
            try await idle
        }
    }

    /// Runs a server with an idle timeout that is short, but long enough for a machine that runs many tests at once.
    private func withShortTimeout(_ body: @Sendable (RunningServer) async throws -> Void) async throws {
        var settings = ServerSettings()
        settings.http.idleTimeout = .seconds(20)
        try await RunningServer.with(.postgres, settings, body)
    }

    /// Returns after the idle timeout, when the server has closed a connection without activity.
    private func waitForIdleTimeout(_ server: RunningServer) async throws {
        _ = try await RawConversation.with(port: server.port) { try await $0.rest() }
    }
}
