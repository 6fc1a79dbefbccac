import Assembly
import HTTP
package import Ingest
import Logging
package import NIOHTTP1
package import Schema
package import Server
import ServiceLifecycle
import Store
package import SystemPackage

/// A server in this process, on a free port and a separate database.
package struct RunningServer: Sendable {
    package let port: Int
    package let database: TestDatabase

    /// Runs a server while `body` runs, and then shuts it down gracefully.
    package static func with<R: Sendable>(
        _ flavour: Flavour = .postgres,
        _ settings: ServerSettings = ServerSettings(),
        queue: Batcher.Limits = Batcher.Limits(),
        spool: FilePath? = nil,
        _ body: @Sendable (RunningServer) async throws -> R
    ) async throws -> R {
        try await withDatabase(flavour) { database in
            try await with(database, settings, queue: queue, spool: spool, body)
        }
    }

    /// Runs a server on an existing database.
    package static func with<R: Sendable>(
        _ database: TestDatabase,
        _ settings: ServerSettings = ServerSettings(),
        queue: Batcher.Limits = Batcher.Limits(),
        spool: FilePath? = nil,
        geoDatabase: FilePath? = nil,
        spamHosts: FilePath? = nil,
        queries: FilePath? = nil,
        _ body: @Sendable (RunningServer) async throws -> R
    ) async throws -> R {
        var settings = settings
        settings.http.port = 0
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        let services = try services(database, settings, queue, spool, (geoDatabase, spamHosts, queries)) {
            ready.yield($0)
        }
        let group = ServiceGroup(configuration: .init(services: services, logger: quiet))
        return try await withThrowingTaskGroup { tasks in
            tasks.addTask { try await group.run() }
            var iterator = ports.makeAsyncIterator()
            let port = await iterator.next() ?? 0
            let result: R
            do {
                result = try await body(RunningServer(port: port, database: database))
            } catch {
                await group.triggerGracefulShutdown()
                throw error
            }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return result
        }
    }

    private static func services(
        _ database: TestDatabase,
        _ server: ServerSettings,
        _ queue: Batcher.Limits,
        _ spool: FilePath?,
        _ files: (geoDatabase: FilePath?, spamHosts: FilePath?, queries: FilePath?),
        onReady: @escaping @Sendable (Int) -> Void
    ) throws -> [any Service] {
        var settings = Settings()
        settings.server = server
        settings.queue = queue
        settings.spool = spool.map { .path($0) } ?? .off
        settings.geoDatabase = files.geoDatabase.map { .path($0) } ?? .off
        settings.spamHosts = files.spamHosts
        settings.queries = files.queries
        if spool != nil { settings.store.retryFor = .milliseconds(50) }
        return try wire(
            settings,
            url: database.url,
            queryURL: database.queryURL,
            version: "test",
            logger: quiet,
            onReady: onReady
        )
    }

    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// Sends one request on a new connection.
    package func ask(
        _ method: HTTPMethod,
        _ target: String,
        _ headers: HTTPHeaders = [:],
        body: String = ""
    ) async throws -> HTTPAnswer {
        try await HTTPConversation.with(port: port) { try await $0.ask(method, target, headers, body: body) }
    }
}
