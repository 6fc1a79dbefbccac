import Cluster
import Hummingbird
import Ingest
import Logging
import Server
import ServiceLifecycle
import Spool
import Store

/// Puts the whole server together.
///
/// What is listed first is shut down last: requests end, then the queue is written, then the delivery of the spool ends
/// and the connections close, then the embedded database stops.
///
/// - Parameters:
///   - settings: All settings.
///   - database: The database, prepared.
///   - isThere: Whether the database could be looked at.
///   - logger: The server's.
/// - Returns: The server, to be run.
/// - Throws: `Spool.Failure`
func wire(
    _ settings: Settings,
    _ database: Database,
    isThere: Bool,
    logger: Logger
) throws -> some ApplicationProtocol {
    let meters = Meters()
    let store = Store(url: database.url, configuration: settings.store, logger: logger)
    let forwarder = try settings.spool.map { directory in
        Forwarder(
            try Spool(directory, limits: settings.spoolLimits),
            executor: store.writers.first,
            logger: logger,
            store: { try await store.append($0) },
            locate: { try await store.locate($0, first: $1, isEmpty: $2) }
        )
    }
    let batcher = Batcher(limits: settings.queue, executors: store.writers, observe: meters.noteBatch) { batch in
        if let forwarder { try await forwarder.write(batch) } else { try await store.append(batch) }
    }
    let maintenance = Maintenance(url: database.url, configuration: settings.maintenance, logger: logger)
    let cluster: [any Service] = database.cluster.map { [ClusterService($0)] } ?? []
    let checking: [any Service] = isThere ? [] : [DatabaseCheck(database: database)]
    let spooling: [any Service] = forwarder.map { [$0] } ?? []
    return buildApplication(
        settings: settings.server,
        meters: meters,
        batcher: batcher,
        store: store,
        forwarder: forwarder,
        version: App.version,
        services: cluster + [store, maintenance] + checking + spooling + [batcher],
        logger: logger,
        onReady: { port in
            logger.info("ready", metadata: ["url": "http://\(settings.server.host):\(port)"])
        }
    )
}
