package import Hummingbird
import HummingbirdCore
package import Logging
package import NIOCore
import NIOHTTP1
import ServiceLifecycle

/// An HTTP/1.1 server for a table of routes.
package struct HTTPApplication: Service {
    private let server: HTTPServer

    /// - Parameters:
    ///   - routes: All routes.
    ///   - settings: The sockets, and the limits of connections.
    ///   - recorder: Records the requests.
    ///   - logger: The logger of the server.
    ///   - makeShortcut: Makes the shortcut of an event loop, if there is one.
    ///   - problem: Returns the answer to an error of a handler.
    ///   - page: Returns the page about a problem of a page or of an unknown path, with the id of the request; nil to
    ///     answer with the problem itself.
    ///   - onReady: Called with the port, 0 for a Unix socket, once requests are accepted.
    package init(
        routes: RouteTable,
        settings: HTTPSettings,
        recorder: RequestRecorder,
        logger: Logger,
        makeShortcut: @escaping @Sendable (any EventLoop) -> (any Shortcut)? = { _ in nil },
        problem: @escaping @Sendable (any Error) -> Problem,
        page: @escaping @Sendable (Problem, Request, _ id: String) -> Response? = { _, _, _ in nil },
        onReady: @escaping @Sendable (_ port: Int) async -> Void
    ) {
        let limiter = settings.rate.map { RateLimiter($0, exempt: routes.unlimited) }
        let responder = RouteResponder(
            routes: routes,
            recorder: recorder,
            clients: settings.clients,
            problem: problem,
            page: page
        )
        let channel = HTTP1Channel(
            responder: { request, writer, channel in
                try await responder.answer(request, of: channel, to: writer, logger: logger)
            },
            configuration: .init(settings)
        )
        let limits = Deadlines.Limits(idle: settings.idleTimeout, request: settings.requestTimeout)
        let connections = ConnectionChannel(channel, limits: limits) { loop in
            LoopContext(
                loop: loop,
                settings: settings,
                routes: routes,
                recorder: recorder,
                limiter: limiter,
                shortcut: makeShortcut(loop)
            )
        }
        server = HTTPServer(
            listeners: settings.listeners,
            connections: connections,
            maximumConnections: settings.maximumConnections,
            logger: logger,
            onReady: onReady
        )
    }

    /// Serves until it is shut down gracefully.
    ///
    /// - Throws: The reason that a socket cannot be listened on.
    package func run() async throws { try await server.run() }
}

extension RouteResponder {
    /// Answers a request.
    ///
    /// - Parameters:
    ///   - request: The request.
    ///   - channel: Its connection.
    ///   - writer: Takes the answer.
    ///   - logger: The logger of the server.
    /// - Throws: The error of the connection.
    @concurrent fileprivate func answer(
        _ request: Request,
        of channel: any Channel,
        to writer: consuming ResponseWriter,
        logger: Logger
    ) async throws {
        let scope = RequestScope(source: ApplicationRequestContextSource(channel: channel, logger: logger))
        let response = await respond(to: request, context: scope)
        do {
            try await writer.write(response: response.head, body: response.body)
        } catch is HTTPParserError {
            // The parser's own error would be answered a second time.
            throw ChannelError.inputClosed
        }
    }
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
