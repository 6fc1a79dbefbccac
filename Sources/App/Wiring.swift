import Analytics
import Embedded
import HTTP
import Ingest
import Logging
import Server
import ServiceLifecycle
import Spool
import Store

/// Puts the whole server together.
///
/// What is first is shut down last: requests end, then the queue is written, then the delivery of the spool ends
/// and the connections close, then the embedded database stops.
///
/// - Parameters:
///   - settings: All settings.
///   - database: The database, prepared.
///   - isThere: Whether the database could be looked at.
///   - logger: The server's.
/// - Returns: What makes up the server, to be run together.
/// - Throws: `Spool.Failure`
func wire(
    _ settings: Settings,
    _ database: Database,
    isThere: Bool,
    logger: Logger
) throws -> [any Service] {
    let meters = Meters()
    let postgres = PostgresStore(url: database.url, configuration: settings.store, logger: logger)
    let spooling = try settings.spool.map { directory in
        let spool = try Spool(directory, limits: settings.spoolLimits)
        return SpoolingStore(spool, before: postgres, executor: postgres.writers.first, logger: logger)
    }
    let store: any EventStore = spooling ?? postgres
    let batcher = Batcher(limits: settings.queue, executors: postgres.writers, observe: meters.noteBatch) { batch in
        try await store.append(batch)
    }
    let maintenance = postgres.maintenance(settings.maintenance)
    let application = buildApplication(
        settings: settings.server,
        meters: meters,
        batcher: batcher,
        store: store,
        version: App.version,
        logger: logger,
        onReady: { port in
            logger.info("ready", metadata: ["url": "http://\(settings.server.http.host):\(port)"])
        }
    )
    let services: [(any Service)?] = [
        database.cluster.map { EmbeddedService($0) }, postgres, maintenance,
        isThere ? nil : DatabaseCheck(database: database), spooling, batcher, application,
    ]
    return services.compactMap(\.self)
}
