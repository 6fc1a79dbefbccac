package import Hummingbird
import HummingbirdCore
package import Ingest
package import Logging
import NIOCore
package import Spool
package import Store

/// Puts the HTTP side together.
package func buildApplication(
    settings: ServerSettings,
    meters: Meters,
    batcher: Batcher,
    store: Store,
    forwarder: Forwarder?,
    version: String,
    logger: Logger,
    onReady: @escaping @Sendable (_ port: Int) async -> Void = { _ in }
) -> some ApplicationProtocol {
    let router = Router(context: RequestScope.self)
    let refusals = RefusalLog(logger: logger)
    router.add(middleware: RequestMiddleware(meters: meters, refusals: refusals))
    let budget = BodyBudget(limit: settings.bodyMemory)
    let routes = AnalyticsRoutes(
        settings: settings,
        meters: meters,
        batcher: batcher,
        store: store,
        forwarder: forwarder,
        budget: budget
    )
    routes.add(to: router)
    let health = HealthRoutes(
        meters: meters,
        batcher: batcher,
        budget: budget,
        store: store,
        forwarder: forwarder,
        version: version
    )
    health.add(to: router)

    // What the route refuses for its size is still read for a while, so that the client sees the answer.
    let readOn = settings.maximumBody + (1 << 20)
    let http = HTTP1Channel.Configuration(
        additionalChannelHandlers: [BodyGuard(maximumBytes: readOn)],
        // `ConnectionGate` knows of its own requests too, and so when a connection is idle.
        idleTimeout: nil,
        httpDecoderConfiguration: .init(
            maxHeaderFieldSize: 16 << 10,
            maxHeaderListSize: 16 << 10,
            maxHeaderFieldCount: 100
        )
    )
    return Application(
        router: router,
        server: HTTPServerBuilder { responder in
            let channel = HTTP1Channel(responder: responder, configuration: http)
            let limits = Deadlines.Limits(idle: settings.idleTimeout, request: settings.requestTimeout)
            return ConnectionChannel(channel, limits: limits, routes: routes, refusals: refusals)
        },
        configuration: ApplicationConfiguration(
            address: .hostname(settings.host, port: settings.port),
            backlog: 1024,
            availableConnectionsDelegate: .maximum(settings.maximumConnections, logger: logger)
        ),
        onServerRunning: { channel in await onReady(channel.localAddress?.port ?? settings.port) },
        logger: logger
    )
}
