import Cluster
import Hummingbird
import Ingest
import Logging
import Server
import ServiceLifecycle
import Store

/// Puts the whole server together.
///
/// What is listed first is shut down last: requests end, then the queue is written, then the connections close, then
/// the embedded database stops.
func wire(_ settings: Settings, _ database: Database, logger: Logger) -> some ApplicationProtocol {
    let meters = Meters()
    let store = Store(url: database.url, configuration: settings.store, logger: logger)
    let batcher = Batcher(limits: settings.queue, executors: store.writers, observe: meters.noteBatch) { batch in
        try await store.append(batch)
    }
    let maintenance = Maintenance(url: database.url, configuration: settings.maintenance, logger: logger)
    let cluster: [any Service] = database.cluster.map { [ClusterService($0)] } ?? []
    return buildApplication(
        settings: settings.server,
        meters: meters,
        batcher: batcher,
        store: store,
        version: App.version,
        services: cluster + [store, maintenance, batcher],
        logger: logger,
        onReady: { port in
            logger.info("ready", metadata: ["url": "http://\(settings.server.host):\(port)"])
        }
    )
}
