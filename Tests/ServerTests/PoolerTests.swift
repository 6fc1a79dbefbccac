import NIOHTTP1
import Schema
import Store
import Support
import Testing

/// A server behind a connection pooler.
@Suite(.needsPostgres, .needsPooler)
struct PoolerTests {
    @Test(arguments: Flavour.allCases)
    func wholeSessionsAreServed(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await Pooler.with(.session) { pooler in
                let ended = try await HourglassProcess.with(["--database-url", pooler.url(database)]) { server in
                    try await withThrowingTaskGroup { group in
                        for number in 0..<40 {
                            group.addTask {
                                let target = "/analytics?timestamp=1223567997&event=click&user=\(number)"
                                let answer = try await HTTPConversation.with(port: server.port) {
                                    try await $0.ask(.POST, target)
                                }
                                #expect(answer.status == 204)
                                #expect(answer["Analytics-Rejected"] == nil)
                            }
                        }
                        try await group.waitForAll()
                    }
                    let counts = try await HTTPConversation.with(port: server.port) {
                        try await $0.ask(.GET, "/analytics?timestamp=1223567997")
                    }
                    #expect(counts.body == "unique_users,40\nclicks,40\nimpressions,0\n")
                }
                #expect(ended.status == .exited(0))
            }
        }
    }

    /// The server's guarantees need session pooling, so it refuses to start with other modes, and says what to change.
    @Test(arguments: [Pooler.Mode.transaction, .statement])
    func sharedSessionsAreRefused(mode: Pooler.Mode) async throws {
        try await withDatabase(.postgres) { database in
            try await Pooler.with(mode) { pooler in
                let url = pooler.url(database)
                for arguments in [["serve", "--port", "0"], ["migrate"]] {
                    let ended = try await HourglassProcess.run(arguments + ["--database-url", url])
                    #expect(ended.status == .exited(1))
                    #expect(ended.output.contains("pool_mode = session"), "\(ended.output)")
                }
            }
        }
    }
}
