package import Hummingbird
import HummingbirdCore
package import Logging
package import NIOCore

/// Makes an HTTP/1.1 server for a table of routes.
///
/// - Parameters:
///   - routes: All routes.
///   - settings: The socket, and the limits of connections.
///   - recorder: Records the requests.
///   - logger: The logger of the server.
///   - makeShortcut: Makes the shortcut of an event loop, if there is one.
///   - problem: Returns the answer to an error of a handler.
///   - page: Returns the page about a problem of a page or of an unknown path, with the id of the request; nil to answer
///     with the problem itself.
///   - onReady: Called with the port once requests are accepted.
/// - Returns: The service.
package func httpApplication(
    routes: RouteTable,
    settings: HTTPSettings,
    recorder: RequestRecorder,
    logger: Logger,
    makeShortcut: @escaping @Sendable (any EventLoop) -> (any Shortcut)? = { _ in nil },
    problem: @escaping @Sendable (any Error) -> Problem,
    page: @escaping @Sendable (Problem, Request, _ id: String) -> Response? = { _, _, _ in nil },
    onReady: @escaping @Sendable (_ port: Int) async -> Void
) -> some ApplicationProtocol {
    let limiter = settings.rate.map { RateLimiter($0, exempt: routes.unlimited) }
    return Application(
        responder: RouteResponder(
            routes: routes,
            recorder: recorder,
            clients: settings.clients,
            problem: problem,
            page: page
        ),
        server: HTTPServerBuilder { responder in
            let channel = HTTP1Channel(responder: responder, configuration: .init(settings))
            let limits = Deadlines.Limits(idle: settings.idleTimeout, request: settings.requestTimeout)
            return ConnectionChannel(channel, limits: limits) { loop in
                LoopContext(
                    loop: loop,
                    settings: settings,
                    routes: routes,
                    recorder: recorder,
                    limiter: limiter,
                    shortcut: makeShortcut(loop)
                )
            }
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

extension HTTP1Channel.Configuration {
    fileprivate init(_ settings: HTTPSettings) {
        // A body that the route refuses for its size is still read for a while, so that the client sees the answer.
        let readOn = settings.maximumBody + (1 << 20)
        self.init(
            additionalChannelHandlers: [BodyGuard(maximumBytes: readOn)],
            // `ConnectionGate` detects idle connections, because only it knows all requests of a connection.
            idleTimeout: nil,
            httpDecoderConfiguration: .init(
                maxHeaderFieldSize: 16 << 10,
                maxHeaderListSize: 16 << 10,
                maxHeaderFieldCount: 100
            )
        )
    }
}
