import HTTP
import HTTPTypes
import Hummingbird
import Logging
import NIOCore
import NIOHTTP1
import ServiceLifecycle

/// A server with some test routes in this process, without a database.
enum EchoServer {
    /// Answers `POST /fast` with 204, in a later turn of the loop.
    final class Later: Shortcut {
        private let loop: any EventLoop

        init(loop: any EventLoop) { self.loop = loop }

        func recognize(_ head: HTTPRequestHead) -> BodilessRequest? {
            head.uri == "/fast" ? BodilessRequest(head) { _, _ in true } : nil
        }

        func take(_ request: BodilessRequest, _ ticket: Ticket) -> Bool {
            loop.assumeIsolated().execute {
                ticket.answerNoContent()
                ticket.writeAnswers(at: .now())
            }
            return true
        }
    }

    /// Routes of every kind; `isFull` is called before a body of `/events` is admitted.
    static func routes(isFull: @escaping @Sendable () -> Bool = { false }) -> RouteTable {
        let events = BodyKind("events", refusal: .unavailable("the queue is full"), isFull: isFull)
        let pages = CORSPolicy(origins: .listed(["https://a.example"]), headers: ["Content-Type"])
        let asset = Asset(ByteBuffer(string: "body {}"), contentType: "text/css")
        return RouteTable([
            Route("/fast", [.post: { _, _ in Response(status: .noContent, headers: [.server: "router"]) }]),
            Route("/events", [.post: echo], bodies: events, cors: pages),
            Route("/login", [.post: echo]),
            Route("/sites/{site}", [.get: { _, scope in text(scope.pathParameters["site"] ?? "") }]),
            Route("/me", [.get: { request, scope in text(scope.client(of: request).address?.text ?? "nobody") }]),
            Route("/why", [.get: { request, scope in text(scope.client(of: request).reason) }]),
            Route("/style.css", asset: asset),
        ])
    }

    @Sendable private static func echo(_ request: Request, _ scope: RequestScope) async throws -> Response {
        text(String(buffer: try await request.body.collect(upTo: 1 << 20)))
    }

    private static func text(_ text: String) -> Response {
        Response(status: .ok, body: ResponseBody(byteBuffer: ByteBuffer(string: text)))
    }

    /// Runs a server while `body` runs.
    static func with<R: Sendable>(
        _ settings: HTTPSettings = HTTPSettings(),
        routes: RouteTable = routes(),
        _ body: @Sendable (_ port: Int) async throws -> R
    ) async throws -> R {
        var settings = settings
        settings.port = 0
        let logger = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        let recorder = RequestRecorder(meters: RequestMeters(), refusals: RefusalLog(logger: logger))
        let (ports, ready) = AsyncStream.makeStream(of: Int.self)
        let application = HTTPApplication(
            routes: routes,
            settings: settings,
            recorder: recorder,
            logger: logger,
            makeShortcut: { Later(loop: $0) },
            problem: { Problem(for: $0) },
            onReady: { ready.yield($0) }
        )
        let group = ServiceGroup(configuration: .init(services: [application], logger: logger))
        return try await withThrowingTaskGroup { tasks in
            tasks.addTask {
                defer { ready.finish() }
                try await group.run()
            }
            var iterator = ports.makeAsyncIterator()
            guard let port = await iterator.next() else {
                // The server could not listen.
                try await tasks.waitForAll()
                throw CancellationError()
            }
            let result: Result<R, any Error>
            do { result = .success(try await body(port)) } catch { result = .failure(error) }
            await group.triggerGracefulShutdown()
            try await tasks.waitForAll()
            return try result.get()
        }
    }
}
