package import Ingest
import NIOHTTP1
package import Server
import Testing

extension RunningServer {
    /// Runs a server that is told to end in the middle of `body`, and returns when both have ended.
    ///
    /// - Parameters:
    ///   - database: What it stores to.
    ///   - settings: What it is told.
    ///   - queue: Of its batcher.
    ///   - body: Is given the server, and what tells it to end and returns when it takes no more connections.
    /// - Throws: What the server or `body` throws.
    package static func ending(
        _ database: TestDatabase,
        _ settings: ServerSettings = ServerSettings(),
        queue: Batcher.Limits = Batcher.Limits(),
        _ body: (RunningServer, _ end: () async throws -> Void) async throws -> Void
    ) async throws {
        let (servers, started) = AsyncStream.makeStream(of: RunningServer.self)
        let (ends, end) = AsyncStream.makeStream(of: Void.self)
        try await withThrowingTaskGroup { group in
            group.addTask {
                try await with(database, settings, queue: queue) { server in
                    started.yield(server)
                    for await _ in ends { return }
                }
            }
            var iterator = servers.makeAsyncIterator()
            let server = try #require(await iterator.next())
            try await body(server) {
                end.yield()
                try await eventually { await !server.isThere }
            }
            try await group.waitForAll()
        }
    }

    private var isThere: Bool {
        get async { (try? await ask(.GET, "/healthz")) != nil }
    }
}
