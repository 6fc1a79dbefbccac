import Foundation
import Support
import Synchronization
import SystemPackage
import Testing

/// One kind of fault: a database, a ledger, a server between them, and what has been measured.
final class Scenario: Sendable {
    private static let template = "template_of_faults"
    private static let login = "hourglass"

    let name: String
    let cluster: OwnCluster
    let ledger: Ledger
    let port: Int
    private let database: String
    private let directory: FilePath
    private let notes = Mutex<[String]>([])

    /// Makes the database that those of the scenarios are copied from.
    static func prepare(_ cluster: OwnCluster) async throws {
        try await cluster.run("CREATE ROLE \(login) LOGIN NOINHERIT")
        try await cluster.run("CREATE DATABASE \(template)")
        let url = cluster.url(database: template)
        let migrated = try await HourglassProcess.run(
            ["migrate", "--flavour", "postgres", "--login", login, "--database-url", url]
        )
        try #require(migrated.status == .exited(0), "\(migrated.output)")
    }

    /// Runs a scenario, prints its figures and compares the ledger with what is stored.
    ///
    /// - Parameters:
    ///   - name: Stands before the figures.
    ///   - cluster: That of the suite, unless it is another one.
    ///   - tablespace: Where the database is.
    ///   - body: Does what is to be endured; afterwards PostgreSQL must run.
    /// - Throws: What `body` throws.
    static func run(
        _ name: String,
        on cluster: OwnCluster? = nil,
        tablespace: String = "pg_default",
        _ body: (Scenario) async throws -> Void
    ) async throws {
        let cluster = try #require(cluster ?? OwnClusterTrait.cluster)
        // The scenario before may have failed in the middle.
        if !cluster.isRunning { try await cluster.start() }
        let scenario = try await Scenario(name, cluster: cluster)
        try await cluster.run("CREATE DATABASE \(scenario.database) TEMPLATE \(template) TABLESPACE \(tablespace)")
        try await body(scenario)
        let verdict = try await Verdict(scenario.ledger, storedIn: cluster.url(database: scenario.database))
        scenario.report(verdict)
        #expect(verdict.lost == 0)
        #expect(verdict.doubled == 0)
        #expect(verdict.phantom == 0)
        #expect(verdict.altered == 0)
        #expect(scenario.ledger.figures.unexpected.isEmpty, "\(scenario.ledger.figures.unexpected)")
        #expect(scenario.ledger.figures.acknowledged > 0)
        try await cluster.run("DROP DATABASE \(scenario.database) WITH (FORCE)")
        // What has failed keeps its ledger and log.
        try FileManager.default.removeItem(atPath: scenario.directory.string)
    }

    private init(_ name: String, cluster: OwnCluster) async throws {
        self.name = name
        self.cluster = cluster
        let id = UUID().uuidString.prefix(8).lowercased()
        database = "fault_\(id)"
        directory = FilePath("/tmp/hourglass-fault-\(id)")
        try FileManager.default.createDirectory(atPath: directory.string, withIntermediateDirectories: true)
        ledger = try Ledger(seed: Extent.seed, path: directory.appending("acknowledged"))
        port = try await freePort()
    }

    /// Where the server connects to.
    func url(host: String = "127.0.0.1", port: Int? = nil) -> String {
        cluster.url(database: database, role: Self.login, host: host, port: port)
    }

    /// How the server is started, time after time on the same port.
    func launch(url: String? = nil, _ arguments: [String] = []) -> HourglassProcess.Launch {
        var launch = HourglassProcess.Launch(["--database-url", url ?? self.url()] + arguments)
        launch.port = port
        let log = directory.appending("server.log")
        launch.log = { line in
            // A log that cannot be written only makes it harder to find out why something failed.
            try? FileDescriptor.open(log, .writeOnly, options: [.create, .append], permissions: .ownerReadWrite)
                .closeAfterWriting("\(line)\n")
        }
        return launch
    }

    /// Runs the server until `body` ends; it must be there to the end, and end in order.
    func withServer(
        _ launch: HourglassProcess.Launch? = nil,
        _ body: (HourglassProcess) async throws -> Void
    ) async throws {
        let ended = try await HourglassProcess.with(launch ?? self.launch(), body)
        #expect(ended.status == .exited(0))
    }

    /// Sends events over several connections as long as `body` runs.
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

    /// Waits until there is an event that was sent and acknowledged after this was called.
    ///
    /// - Returns: How long that took.
    @discardableResult
    func freshEvent(host: String = "127.0.0.1") async throws -> Duration {
        try await ContinuousClock().measure {
            try await LoadClient.sendUntilAcknowledged(ledger, host: host, port: port)
        }
    }

    /// Adds a figure to the line of the scenario.
    func note(_ figure: String) {
        notes.withLock { $0.append(figure) }
    }

    private func report(_ verdict: Verdict) {
        let figures = ledger.figures
        let line = [
            "issued \(ledger.issued)", "acked \(figures.acknowledged)", "refused \(figures.refused)",
            "broken \(figures.broken)", "lost \(verdict.lost)", "doubled \(verdict.doubled)",
            "phantom \(verdict.phantom)", "altered \(verdict.altered)", "longest gap \(figures.longestGap.text)",
        ]
        print("faults: \(name): \((line + notes.withLock { $0 }).joined(separator: ", ")); seed \(ledger.seed)")
    }
}

extension Duration {
    /// In seconds, as it is printed.
    var text: String {
        formatted(.units(allowed: [.seconds], width: .narrow, fractionalPart: .show(length: 2)))
    }
}

extension FileDescriptor {
    fileprivate func closeAfterWriting(_ text: String) throws {
        try closeAfter { _ = try writeAll(text.utf8) }
    }
}
