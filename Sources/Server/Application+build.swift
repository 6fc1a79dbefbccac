package import Analytics
package import HTTP
package import Ingest
package import Logging
import NIOCore
package import Registry

/// Puts the HTTP side of the server together.
package func buildApplication(
    settings: ServerSettings,
    meters: Meters,
    batcher: Batcher,
    store: any EventStore,
    realtime: Realtime,
    registry: SiteRegistry,
    accounts: Accounts,
    enricher: Enricher = Enricher(),
    queries: SavedQueries = .none,
    version: String,
    logger: Logger,
    onReady: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
) -> HTTPApplication {
    let routes = ServerRoutes(
        settings: settings,
        meters: meters,
        batcher: batcher,
        store: store,
        realtime: realtime,
        registry: registry,
        accounts: accounts,
        enricher: enricher,
        queries: queries,
        version: version
    )
    let refusals = RefusalLog(logger: logger)
    let recorder = RequestRecorder(meters: meters.requests, refusals: refusals)
    return HTTPApplication(
        routes: routes.table,
        settings: settings.http,
        recorder: recorder,
        logger: logger,
        makeShortcut: { loop in EventIntake(loop: loop, routes: routes.analytics, recorder: recorder) },
        problem: problem(for:),
        page: routes.errorPage,
        onReady: onReady
    )
}
