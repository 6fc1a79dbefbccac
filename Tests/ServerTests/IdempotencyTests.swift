import NIOHTTP1
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
            let again = try await server.ask(.POST, "/analytics", headers, body: body + "1223567998,b,click\n")
            #expect(first.status == 200)
            #expect(first["Idempotency-Replayed"] == nil)
            #expect(again.status == 200)
            #expect(again.body == first.body)
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

    @Test func whatWasRejectedIsNotRemembered() async throws {
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
