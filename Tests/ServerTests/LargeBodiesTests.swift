import NIOHTTP1
import Schema
import Support
import Store
import Testing

import Server

@Suite(.needsPostgres)
struct LargeBodiesTests {
    /// An incomplete body holds its share of the budget, and the next ones get 503 with Retry-After.
    @Test func bodiesBeyondTheBudgetAreRefused() async throws {
        var settings = ServerSettings()
        settings.bodyMemory = 1_000
        try await RunningServer.with(.postgres, settings) { server in
            try await RawConversation.with(port: server.port) { slow in
                let head =
                    "POST /analytics HTTP/1.1\r\nHost: a\r\nContent-Type: text/csv\r\nContent-Length: 5000\r\n\r\n"
                try await slow.send(head + "timestamp,user,event\n" + String(repeating: "x", count: 900))
                // Until the first body is counted, the two would compete for the budget.
                try await eventually {
                    try await server.ask(.GET, "/metrics").body.contains("hourglass_body_bytes 921.0\n")
                }
                let lines = "timestamp,user,event\n" + String(repeating: "1,a,click\n", count: 50)
                let refused = try await server.ask(.POST, "/analytics", ["Content-Type": "text/csv"], body: lines)
                #expect(refused.status == 503)
                #expect(refused["Retry-After"] == "1")
                #expect(try await server.ask(.POST, "/analytics?timestamp=1&user=a&event=click").status == 204)
            }
            // The slow client has disconnected.
            let lines = "timestamp,user,event\n1,a,click\n"
            try await eventually {
                try await server.ask(.POST, "/analytics", ["Content-Type": "text/csv"], body: lines).status == 200
            }
        }
    }
}
