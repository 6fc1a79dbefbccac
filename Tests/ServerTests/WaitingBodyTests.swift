import Ingest
import NIOCore
import NIOHTTP1
import Postgres
import Schema
import Store
import Support
import Testing

import Server
@testable import HTTP

/// Requests that wait for the admission of their bodies.
@Suite(.needsPostgres, .timeLimit(.minutes(10)))
struct WaitingBodyTests {
    private static let get = "GET /healthz HTTP/1.1\r\nHost: a\r\n\r\n"
    private static let lines = "timestamp,user,event\n1,a,click\n1,b,click\n"
    private static let bulk = head() + lines

    private static func head(_ fields: String = "") -> String {
        "POST /analytics HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: \(lines.utf8.count)\r\n"
            + fields + "\r\n"
    }

    /// Limits of a queue that is full with one event.
    private static let queue = {
        var queue = Batcher.Limits()
        queue.pending = 1
        return queue
    }()

    private static func waiting(_ time: TimeAmount) -> ServerSettings {
        var settings = ServerSettings()
        settings.http.bodyWait = time
        return settings
    }

    @Test func aWaitingBodyIsStoredWhenItIsAdmitted() async throws {
        try await RunningServer.with(.postgres, Self.waiting(.minutes(5)), queue: Self.queue) { server in
            try await RawConversation.with(port: server.port) { conversation in
                try await server.whileNobodyCanWrite {
                    // Both requests are read together: at the time of the first answer the second one waits.
                    try await conversation.send(Self.get + Self.head())
                    #expect(try await conversation.answers(1).map(\.status) == [200])
                    try await conversation.send(Self.lines + Self.get)
                }
                let answers = try await conversation.answers(3)
                #expect(answers.map(\.status) == [200, 200, 200])
                #expect(answers[1].text.contains(#""accepted":2"#))
            }
            #expect(try await server.database.count(.events) == 3)
        }
    }

    @Test func aBodyNotAdmittedInTimeIsRefusedAndTheConnectionKept() async throws {
        try await RunningServer.with(.postgres, Self.waiting(.milliseconds(20)), queue: Self.queue) { server in
            try await RawConversation.with(port: server.port) { conversation in
                try await server.whileNobodyCanWrite {
                    try await conversation.send(Self.bulk + Self.get + Self.bulk)
                    let answers = try await conversation.answers(3)
                    #expect(answers.map(\.status) == [503, 200, 503])
                    #expect(answers[0]["Retry-After"] == "1")
                    #expect(answers[0].text.contains("too many events are waiting to be stored"))
                }
                try await server.waits(for: 0)
                try await conversation.send(Self.bulk)
                #expect(try await conversation.answers(4).last?.status == 200)
            }
            #expect(try await server.database.count(.events) == 3)
        }
    }

    @Test func aClientThatLeavesWhileWaitingDoesNoHarm() async throws {
        try await RunningServer.with(.postgres, Self.waiting(.minutes(5)), queue: Self.queue) { server in
            try await server.whileNobodyCanWrite {
                for _ in 0..<10 {
                    try await RawConversation.with(port: server.port) { conversation in
                        try await conversation.send(Self.get + Self.head())
                        _ = try await conversation.answers(1)
                    }
                }
            }
            try await server.waits(for: 0)
            let answer = try await server.ask(.POST, "/analytics", ["Content-Type": "text/csv"], body: Self.lines)
            #expect(answer.status == 200)
            #expect(try await server.database.count(.events) == 3)
        }
    }

    /// The limit allows fifty large bodies on each event loop.
    @Test func aClientThatLeavesBeforeTheAnswerEndsItsAdmission() async throws {
        let head =
            "POST /analytics HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nTransfer-Encoding: chunked\r\n"
            + "Expect: 100-continue\r\n\r\n"
        // Most of its lines are invalid, so that it adds few events to the queue.
        let body = Self.lines + String(repeating: "x", count: BodyAdmission.readAhead)
        let chunk = String(body.utf8.count, radix: 16) + "\r\n" + body + "\r\n0\r\n\r\n"
        try await RunningServer.with(.postgres, Self.waiting(.milliseconds(20))) { server in
            for _ in 0..<12 * System.coreCount {
                // Released after each five, because a write is given up after a minute, and a busy machine is slow.
                let blocker = try await server.blocker()
                for number in 1...5 {
                    try await eventually { try await leave(server, after: head, chunk, pending: 2 * number) }
                }
                try await blocker.run("COMMIT")
                await blocker.close()
                try await server.waits(for: 0)
            }
        }
    }

    /// Sends a body whose answer has to wait, and disconnects; returns false if the body was not admitted.
    private func leave(
        _ server: RunningServer,
        after head: String,
        _ chunk: String,
        pending: Int
    ) async throws -> Bool {
        try await RawConversation.with(port: server.port) { conversation in
            try await conversation.send(head)
            guard try await conversation.answers(1).map(\.status) == [100] else { return false }
            try await conversation.send(chunk)
            try await server.waits(for: pending)
            try await conversation.reset()
            return true
        }
    }

    @Test func theShutdownWaitsForWaitingBodies() async throws {
        try await withDatabase(.postgres) { database in
            try await RunningServer.ending(database, Self.waiting(.minutes(5)), queue: Self.queue) { server, end in
                try await RawConversation.with(port: server.port) { conversation in
                    try await server.whileNobodyCanWrite {
                        try await conversation.send(Self.get + Self.head())
                        _ = try await conversation.answers(1)
                        try await end()
                        try await conversation.send(Self.lines)
                    }
                    let answers = try await conversation.rest()
                    #expect(answers.map(\.status) == [200, 200])
                    #expect(answers.last?["Connection"] == "close")
                }
            }
            #expect(try await database.count(.events) == 3)
        }
    }

    /// RFC 9110, section 10.1.1.
    @Test func aClientThatExpectsContinueGetsIt() async throws {
        try await RunningServer.with { server in
            try await RawConversation.with(port: server.port) { conversation in
                let head = Self.head("Expect: 100-continue\r\n")
                try await conversation.send(head)
                #expect(try await conversation.answers(1).map(\.status) == [100])
                try await conversation.send(Self.lines + Self.get + head)
                // After the answers to the earlier requests.
                #expect(try await conversation.answers(4).map(\.status) == [100, 200, 200, 100])
                try await conversation.send(Self.lines)
                #expect(try await conversation.answers(5).last?.status == 200)
            }
            #expect(try await server.database.count(.events) == 4)
        }
    }

    @Test func aRefusedClientGetsNoContinue() async throws {
        try await RunningServer.with(.postgres, Self.waiting(.milliseconds(20)), queue: Self.queue) { server in
            try await server.whileNobodyCanWrite {
                try await RawConversation.with(port: server.port) { conversation in
                    try await conversation.send(Self.head("Expect: 100-continue\r\n"))
                    #expect(try await conversation.answers(1).map(\.status) == [503])
                }
            }
        }
    }
}
