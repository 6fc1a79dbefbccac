import Analytics
package import Ingest
import HTTP
import Logging
package import NIOHTTP1
package import Server
import ServiceLifecycle
import Spool
package import Store
package import SystemPackage

/// A server in this process, on a free port and a database of its own.
package struct RunningServer: Sendable {
    package let port: Int
    package let database: TestDatabase

    /// Runs a server as long as `body` does, and shuts it down in order.
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

    /// Runs another server on a database that is there already.
    package static func with<R: Sendable>(
        _ database: TestDatabase,
        _ settings: ServerSettings = ServerSettings(),
        queue: Batcher.Limits = Batcher.Limits(),
        spool: FilePath? = nil,
        _ body: @Sendable (RunningServer) async throws -> R
    ) async throws -> R {
        var settings = settings
        settings.http.port = 0
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        let services = services(database, settings, queue, try spool.map { try Spool($0) }) { ready.yield($0) }
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
        _ settings: ServerSettings,
        _ queue: Batcher.Limits,
        _ spool: Spool?,
        onReady: @escaping @Sendable (Int) -> Void
    ) -> [any Service] {
        let meters = Meters()
        var configuration = PostgresStore.Configuration()
        if spool != nil { configuration.retryFor = .milliseconds(50) }
        let postgres = PostgresStore(url: database.url, configuration: configuration)
        let spooling = spool.map {
            SpoolingStore($0, before: postgres, executor: postgres.writers.first, logger: quiet)
        }
        let store: any EventStore = spooling ?? postgres
        let batcher = Batcher(limits: queue, executors: postgres.writers, observe: meters.noteBatch) { batch in
            try await store.append(batch)
        }
        let application = buildApplication(
            settings: settings,
            meters: meters,
            batcher: batcher,
            store: store,
            version: "test",
            logger: quiet,
            onReady: { onReady($0) }
        )
        let services: [(any Service)?] = [postgres, spooling, batcher, application]
        return services.compactMap(\.self)
    }

    private static let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }

    /// One request on a connection of its own.
    package func ask(
        _ method: HTTPMethod,
        _ target: String,
        _ headers: HTTPHeaders = [:],
        body: String = ""
    ) async throws -> HTTPAnswer {
        try await HTTPConversation.with(port: port) { try await $0.ask(method, target, headers, body: body) }
    }
}
