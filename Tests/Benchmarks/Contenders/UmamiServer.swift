import ArgumentParser
import Hummingbird
import Logging
import Postgres

/// A server that stores each page view by Umami's two statements, over eight connections.
///
/// It does nothing else: it parses no agent, looks up no place, and takes ready fields from the query.
struct UmamiServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "umami-server",
        abstract: "Store every page view by the statements of Umami.",
        shouldDisplay: false
    )

    @Option(help: "Where its tables are.")
    var databaseURL: String

    func run() async throws {
        let pool = Pool(url: databaseURL, size: 8, waiters: 10_000)
        let router = Router()
        router.post("/send") { request, _ in
            let query = request.uri.queryParameters
            guard let visitor = query.get("visitor", as: Int.self), let path = query["path"],
                let title = query["title"], let referrer = query["referrer"]
            else { throw HTTPError(.badRequest) }
            let view = UmamiPageView(
                visitor: visitor,
                path: String(path),
                title: String(title),
                referrer: String(referrer)
            )
            try await pool.withConnection { connection in
                _ = try await connection.execute(UmamiSession(view: view))
                _ = try await connection.execute(UmamiEvent(view: view))
            }
            return Response(status: .ok)
        }
        try await NaiveServer.serve(router, pool)
    }
}
