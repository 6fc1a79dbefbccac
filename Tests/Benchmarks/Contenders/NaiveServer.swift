import ArgumentParser
import Hummingbird
import Logging
import Postgres

/// The simplest server: a separate INSERT for each request, over eight connections.
struct NaiveServer: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "naive-server",
        abstract: "Store every event with an INSERT of its own.",
        shouldDisplay: false
    )

    /// The definition of its table, with the columns of hourglass's table.
    static let table = """
        CREATE SCHEMA naive; CREATE TABLE naive.event (LIKE hourglass.event INCLUDING ALL)
        """

    @Option(help: "Where its table is.")
    var databaseURL: String

    func run() async throws {
        let pool = Pool(url: databaseURL, size: 8, waiters: 10_000)
        let router = Router()
        router.post("/analytics") { request, _ in
            let query = request.uri.queryParameters
            guard let time = query.get("timestamp", as: Int.self), let user = query["user"], let event = query["event"]
            else { throw HTTPError(.badRequest) }
            let insert = NaiveInsert(time: time, kind: event == "click" ? 1 : 2, user: String(user))
            _ = try await pool.withConnection { try await $0.execute(insert) }
            return Response(status: .noContent)
        }
        try await Self.serve(router, pool)
    }

    /// Serves requests on a free port, which it announces, until the process is told to end.
    static func serve(_ router: Router<BasicRequestContext>, _ pool: Pool) async throws {
        let application = Application(
            router: router,
            configuration: .init(address: .hostname("127.0.0.1", port: 0), backlog: 1024),
            services: [pool],
            onServerRunning: { channel in
                // The parent process then waits in vain for the ready line, and reports that.
                try? announce(port: channel.localAddress?.port ?? 0)
            },
            logger: Logger(label: "naive") { _ in SwiftLogNoOpLogHandler() }
        )
        try await application.runService()
    }
}
