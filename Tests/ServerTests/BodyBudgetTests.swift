import NIOHTTP1
import Support
import Store
import Testing

@testable import Server

struct BodyBudgetTests {
    @Test func givesOutNoMoreThanThereIs() throws {
        let budget = BodyBudget(limit: 100)
        var first = budget.share()
        var second = budget.share()
        try first.take(60)
        try second.take(40)
        #expect(throws: Problem.self) { try first.take(1) }
        #expect(throws: Problem.self) { try second.take(1) }
    }

    @Test func comesBackWithTheShare() throws {
        let budget = BodyBudget(limit: 100)
        func takeAll() throws {
            var share = budget.share()
            try share.take(100)
        }
        try takeAll()
        try takeAll()
    }

    /// One that is larger must not be impossible for ever.
    @Test func aSingleOneMayTakeMore() throws {
        let budget = BodyBudget(limit: 100)
        var only = budget.share()
        try only.take(60)
        try only.take(60)
        var other = budget.share()
        #expect(throws: Problem.self) { try other.take(1) }
    }
}

@Suite(.needsPostgres)
struct LargeBodiesTests {
    /// A body that does not come to its end holds what it has, and the next ones are told to come back.
    @Test func bodiesThatDoNotFitAreRefused() async throws {
        var settings = ServerSettings()
        settings.bodyMemory = 1_000
        try await RunningServer.with(.postgres, settings) { server in
            try await RawConversation.with(port: server.port) { slow in
                let head =
                    "POST /analytics HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: 5000\r\n\r\n"
                try await slow.send(head + "timestamp,user,event\n" + String(repeating: "x", count: 900))
                // Before, the two would compete for the room.
                try await eventually {
                    try await server.ask(.GET, "/metrics").body.contains("hourglass_body_bytes 921.0\n")
                }
                let lines = "timestamp,user,event\n" + String(repeating: "1,a,click\n", count: 50)
                let refused = try await server.ask(.POST, "/analytics", ["Content-Type": "text/csv"], body: lines)
                #expect(refused.status == 503)
                #expect(refused["Retry-After"] == "1")
                #expect(try await server.ask(.POST, "/analytics?timestamp=1&user=a&event=click").status == 204)
            }
            // The slow one is gone.
            let lines = "timestamp,user,event\n1,a,click\n"
            try await eventually {
                try await server.ask(.POST, "/analytics", ["Content-Type": "text/csv"], body: lines).status == 200
            }
        }
    }
}
