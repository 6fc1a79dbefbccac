import Embedded
import HTTP
import Ingest
package import Logging
import Server
package import ServiceLifecycle
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
///   - isReachable: True if the database has been checked; false to check it once it can be reached.
///   - version: The version of the program, for the description of the API.
///   - logger: The server's.
/// - Returns: What makes up the server, to be run together.
/// - Throws: `Spool.Failure`
package func wire(
    _ settings: Settings,
    _ database: Database,
    isReachable: Bool,
    version: String,
    logger: Logger
) throws -> [any Service] {
    let meters = Meters()
    let store = Store(url: database.url, configuration: settings.store, logger: logger)
    let forwarder = try settings.spoolDirectory.map { directory in
        store.forwarder(try Spool(directory, limits: settings.spoolLimits), logger: logger)
    }
    var limits = settings.queue
    limits.writers = settings.store.writers
    let batcher = Batcher(limits: limits, executors: store.writers, observe: meters.noteBatch) { batch in
        if let forwarder { try await forwarder.write(batch) } else { try await store.append(batch) }
    }
    let maintenance = store.maintenance(settings.maintenance)
    let cluster: [any Service] = database.embedded.map { [EmbeddedService($0)] } ?? []
    let checking: [any Service] = isReachable ? [] : [DatabaseCheck(database: database)]
    let spooling: [any Service] = forwarder.map { [$0] } ?? []
    let application = buildApplication(
        settings: settings.server,
        meters: meters,
        batcher: batcher,
        store: store,
        forwarder: forwarder,
        version: version,
        logger: logger,
        onReady: { port in
            logger.info("ready", metadata: ["url": "http://\(settings.server.http.host):\(port)"])
        }
    )
    return cluster + [store, maintenance] + checking + spooling + [batcher, application]
}
