package import Ingest
import NIOHTTP1
package import Server
import Testing

extension RunningServer {
    /// Runs a server that is shut down in the middle of `body`, and returns when both have ended.
    ///
    /// - Parameters:
    ///   - database: The database of the server.
    ///   - settings: The settings of the server.
    ///   - queue: The limits of its batcher.
    ///   - body: Called with the server and a function that begins its shutdown, and returns when it accepts no more
    ///     connections.
    /// - Throws: The error of the server or of `body`.
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
