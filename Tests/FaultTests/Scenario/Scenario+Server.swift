import FoundationEssentials
import NIOHTTP1
import Postgres
import Support
import SystemPackage
import Testing

extension Scenario {
    /// The launch of the server, always on the same port.
    func launch(
        url: String? = nil,
        arguments: [String] = [],
        prefix: [String] = []
    ) -> HourglassProcess.Launch {
        let database = url.map { ["--database-url", $0] } ?? databaseArguments
        var launch = HourglassProcess.Launch(database + arguments)
        launch.port = port
        // All clients have one address.
        launch.prefix = ["HOURGLASS_HIT_RATE=0"] + spoolEnvironment + prefix
        let log = log
        launch.log = { line in
            // A missing log only makes a failure harder to diagnose.
            try? FileDescriptor.open(log, .writeOnly, options: [.create, .append], permissions: .ownerReadWrite)
                .closeAfterWriting("\(line)\n")
        }
        return launch
    }

    /// The log of the server.
    private var log: FilePath { directory.appending("server.log") }

    /// The lines of the server's log so far.
    var logLines: [String] {
        get throws { try String(contentsOfFile: log.string, encoding: .utf8).split(separator: "\n").map(String.init) }
    }

    /// Runs the server while `body` runs; expects it to be healthy afterwards and to exit with status 0.
    func withServer(
        _ launch: HourglassProcess.Launch? = nil,
        host: String = "127.0.0.1",
        _ body: (HourglassProcess) async throws -> Void
    ) async throws {
        let ended = try await HourglassProcess.with(launch ?? self.launch()) { server in
            try await findSites(host: host)
            try await body(server)
            try await freshEvent(host: host)
            try await checkAnswers(host: host)
        }
        #expect(ended.status == .exited(0))
    }

    /// Waits until queries of every site are answered; the server then knows the names when the database is away too.
    func findSites(host: String = "127.0.0.1") async throws {
        try await HTTPConversation.with(host: host, port: port) { conversation in
            for site in LedgerSite.all {
                let target = "/analytics" + site.query("timestamp=\(ledger.base)")
                while try await conversation.ask(.GET, target).status != 200 {
                    try await Task.sleep(for: .milliseconds(5))
                }
            }
        }
    }

    /// Sends events over several connections while `body` runs.
    func underLoad<R: Sendable>(
        connections: Int = 16,
        host: String = "127.0.0.1",
        _ body: () async throws -> R
    ) async throws -> R {
        let stop = StopSign()
        return try await withThrowingTaskGroup { group in
            for number in 0..<connections {
                var client = LoadClient(
                    ledger: ledger,
                    host: host,
                    port: port,
                    generator: SeededGenerator(seed: ledger.seed &+ UInt64(number))
                )
                group.addTask { try await client.run(until: stop) }
            }
            let result = try await body()
            stop.raise()
            try await group.waitForAll()
            return result
        }
    }

    /// Waits until an event sent after this call is acknowledged, and queries are answered.
    ///
    /// - Returns: The duration of the wait.
    @discardableResult
    func freshEvent(host: String = "127.0.0.1") async throws -> Duration {
        try await ContinuousClock().measure {
            try await LoadClient.sendUntilAcknowledged(ledger, host: host, port: port)
            try await findSites(host: host)
        }
    }

    /// Compares the server's answers with the stored events; no client may be storing events.
    private func checkAnswers(host: String) async throws {
        for site in LedgerSite.all {
            for moment in [ledger.base, ledger.base - 450, ledger.base - 4 * 3_600] {
                let counted = try await Connection.with(administratorURL) {
                    try await $0.execute(Counted(site: site, moment: moment))
                }
                let answer = try await HTTPConversation.with(host: host, port: port) {
                    try await $0.ask(.GET, "/analytics" + site.query("timestamp=\(moment)"))
                }
                let when: Comment = "site \(site.id) at \(moment), \(moment - ledger.base) s after the last event"
                #expect(answer.body == counted.first, when)
            }
        }
    }
}

/// The expected answer, counted from all stored events of a site.
private struct Counted: Statement {
    typealias Row = String
    static let sql = """
        SELECT format(
                   E'unique_users,%s\\nclicks,%s\\nimpressions,%s\\n',
                   count(DISTINCT user_id), count(*) FILTER (WHERE kind = 1), count(*) FILTER (WHERE kind = 2)
               )
          FROM hourglass.event
         WHERE ts BETWEEN to_timestamp($1::bigint - 3600) AND to_timestamp($1::bigint) AND site_id = $2::bigint
        """
    let site: LedgerSite
    let moment: Int
    var parameters: Parameters { Parameters(moment, site.id) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}

extension FileDescriptor {
    fileprivate func closeAfterWriting(_ text: String) throws {
        try closeAfter { _ = try writeAll(text.utf8) }
    }
}
