import Analytics
import NIOHTTP1
import Schema
import Store
import Support
import Testing

@Suite(.needsPostgres)
struct IdempotencyTests {
    @Test(arguments: Flavour.allCases)
    func aRepeatedKeyStoresNothingAndGivesTheFirstAnswer(flavour: Flavour) async throws {
        try await RunningServer.with(flavour) { server in
            let headers: HTTPHeaders = ["Idempotency-Key": "k'1", "Content-Type": "text/csv"]
            let body = "timestamp,user,event\n1223567997,a,click\nx,a,click\n"
            let first = try await server.ask(.POST, "/analytics", headers, body: body)
            let again = try await server.ask(.POST, "/analytics", headers, body: body)
            #expect(first.status == 200)
            #expect(first["Idempotency-Replayed"] == nil)
            #expect(again.status == 200)
            #expect(again.body == first.body)
            #expect(again["Idempotency-Replayed"] == "true")
            #expect(try await server.database.count(.events) == 1)
        }
    }

    /// Another request with the same key is an error of the client, which must not look like a success.
    @Test(
        arguments: Flavour.allCases,
        [
            ("/analytics", "text/csv", "timestamp,user,event\n1223567997,b,click\n"),
            ("/analytics", "application/json", #"[{"timestamp":1223567997,"user":"a","event":"click"}]"#),
            ("/analytics?x=1", "text/csv", "timestamp,user,event\n1223567997,a,click\n"),
            ("/analytics?timestamp=1&user=a&event=click", "application/json", ""),
        ]
    )
    func aKeyReusedForAnotherRequestIsRefused(
        flavour: Flavour,
        other: (target: String, type: String, body: String)
    ) async throws {
        try await RunningServer.with(flavour) { server in
            let body = "timestamp,user,event\n1223567997,a,click\n"
            let headers: HTTPHeaders = ["Idempotency-Key": "k", "Content-Type": "text/csv"]
            #expect(try await server.ask(.POST, "/analytics", headers, body: body).status == 200)
            let otherHeaders: HTTPHeaders = ["Idempotency-Key": "k", "Content-Type": other.type]
            let refused = try await server.ask(.POST, other.target, otherHeaders, body: other.body)
            #expect(refused.status == 422)
            #expect(refused["Content-Type"] == "application/problem+json")
            #expect(refused.body.contains(#""field":"Idempotency-Key""#))
            #expect(try await server.database.count(.events) == 1)
            let again = try await server.ask(.POST, "/analytics", headers, body: body)
            #expect(again.status == 200)
            #expect(again["Idempotency-Replayed"] == "true")
        }
    }

    /// A repetition may be compressed on its way, or have another API key in its query.
    @Test func aRepetitionMayDifferInItsEncoding() async throws {
        try await withServer { server, keys in
            let body = "timestamp,user,event\n\(Timestamp.now.milliseconds),a,click\n"
            let headers: HTTPHeaders = ["Idempotency-Key": "k", "Content-Type": "text/csv"]
            let first = try await server.ask(.POST, "/analytics?key=\(keys[0])", headers, body: body)
            #expect(first.status == 200)
            let bytes = try await gzip(body)
            let other: HTTPHeaders = [
                "Idempotency-Key": "k", "Content-Type": "Text/CSV; charset=utf-8", "Content-Encoding": "gzip",
            ]
            let again = try await HTTPConversation.with(port: server.port) {
                try await $0.ask(.POST, "/analytics?key=\(keys[1])", other, bytes: bytes)
            }
            #expect(again.status == 200)
            #expect(again.body == first.body)
            #expect(again["Idempotency-Replayed"] == "true")
        }
    }

    /// Runs a server whose standard site has two write keys.
    private func withServer(_ body: @Sendable (RunningServer, [String]) async throws -> Void) async throws {
        try await withDatabase(.postgres) { database in
            let keys = [try await database.addKey(.write), try await database.addKey(.write)]
            try await RunningServer.with(database) { try await body($0, keys) }
        }
    }

    /// A key stored before the migration that added fingerprints matches any request.
    @Test func aKeyWithoutAFingerprintReplays() async throws {
        try await RunningServer.with { server in
            let target = "/analytics?timestamp=1223567997&event=click&user="
            #expect(try await server.ask(.POST, target + "a", ["Idempotency-Key": "k"]).status == 204)
            try await server.database.run("UPDATE idempotency_key SET fingerprint = NULL")
            let again = try await server.ask(.POST, target + "b", ["Idempotency-Key": "k"])
            #expect(again.status == 204)
            #expect(again["Idempotency-Replayed"] == "true")
            #expect(try await server.database.count(.events) == 1)
        }
    }

    @Test func oneKeyFromManyClientsAtOnceIsStoredOnce() async throws {
        try await RunningServer.with { server in
            let replayed = try await withThrowingTaskGroup { group in
                for _ in 0..<20 {
                    group.addTask {
                        let target = "/analytics?timestamp=1223567997&user=a&event=click"
                        let answer = try await server.ask(.POST, target, ["Idempotency-Key": "same"])
                        #expect(answer.status == 204)
                        return answer["Idempotency-Replayed"] == nil ? 0 : 1
                    }
                }
                return try await group.reduce(0, +)
            }
            #expect(replayed == 19)
            #expect(try await server.database.count(.events) == 1)
        }
    }

    @Test func aRejectedRequestIsNotRemembered() async throws {
        try await RunningServer.with { server in
            let headers: HTTPHeaders = ["Idempotency-Key": "k"]
            let wrong = try await server.ask(.POST, "/analytics?timestamp=1&user=a&event=x", headers)
            let right = try await server.ask(.POST, "/analytics?timestamp=1&user=a&event=click", headers)
            #expect(wrong["Analytics-Rejected"] != nil)
            #expect(right["Analytics-Rejected"] == nil)
            #expect(right["Idempotency-Replayed"] == nil)
            #expect(try await server.database.count(.events) == 1)
        }
    }
}
