import Embedded
import Foundation
import Logging
import Postgres
import Support
import Synchronization
import SystemPackage
import Testing

/// The environment of one fault: a database, a server, a ledger and the measured figures.
final class Scenario: Sendable {
    static let login = "hourglass"

    let name: String
    /// The PostgreSQL of the server; nil for the embedded one.
    private let shared: OwnCluster?
    /// The PostgreSQL that holds the events in the end, if that is another one.
    private let survivor: OwnCluster?
    private let spool: SpoolPlace
    let ledger: Ledger
    /// The port of the server, the same after each restart.
    let port: Int
    private let database: String
    /// The directory for its files.
    let directory: FilePath
    private let notes = Mutex<[String]>([])

    /// Runs a scenario, prints its figures and compares the ledger with what is stored.
    ///
    /// - Parameters:
    ///   - name: The label of the printed figures.
    ///   - cluster: The PostgreSQL; nil for that of the suite.
    ///   - survivor: The PostgreSQL that replaces `cluster` during the test.
    ///   - flavour: The flavour of the schema.
    ///   - tablespace: The tablespace of the database.
    ///   - spool: The place of the server's spool.
    ///   - judge: Checks the verdict; by default it must have no differences.
    ///   - body: Injects the fault; afterwards PostgreSQL must run.
    /// - Throws: The errors of `body`.
    static func run(
        _ name: String,
        on cluster: OwnCluster? = nil,
        survivor: OwnCluster? = nil,
        flavour: String = "postgres",
        tablespace: String = "pg_default",
        spool: SpoolPlace = .none,
        judge: (Verdict) -> Void = { #expect($0 == Verdict()) },
        _ body: (Scenario) async throws -> Void
    ) async throws {
        let cluster = try #require(cluster ?? OwnClusterTrait.cluster)
        // A previous scenario may have failed while the cluster was stopped.
        if !cluster.isRunning { try await cluster.start() }
        let template = try await cluster.template(flavour)
        let scenario = try await Scenario(
            name + spool.remark,
            shared: cluster,
            survivor: survivor,
            spool: spool
        )
        try await cluster.run("CREATE DATABASE \(scenario.database) TEMPLATE \(template) TABLESPACE \(tablespace)")
        try await body(scenario)
        judge(try await scenario.verdict())
        try await (survivor ?? cluster).run("DROP DATABASE \(scenario.database) WITH (FORCE)")
        try scenario.remove()
    }

    /// Runs a scenario with the embedded database, which stops with the server and is restarted for the comparison.
    static func runEmbedded(_ name: String, _ body: (Scenario) async throws -> Void) async throws {
        let scenario = try await Scenario(name, shared: nil, spool: .none)
        try await body(scenario)
        let quiet = Logger(label: "faults") { _ in SwiftLogNoOpLogHandler() }
        let cluster = try await EmbeddedPostgres.open(scenario.data, logger: quiet)
        #expect(try await scenario.verdict() == Verdict())
        try await cluster.stop()
        try scenario.remove()
    }

    private init(
        _ name: String,
        shared: OwnCluster?,
        survivor: OwnCluster? = nil,
        spool: SpoolPlace
    ) async throws {
        self.name = name
        self.shared = shared
        self.survivor = survivor
        self.spool = spool
        let id = UUID().uuidString.prefix(8).lowercased()
        database = "fault_\(id)"
        directory = FilePath("/tmp/hourglass-fault-\(id)")
        try FileManager.default.createDirectory(atPath: directory.string, withIntermediateDirectories: true)
        ledger = try Ledger(seed: Extent.seed, path: directory.appending("acknowledged"))
        port = try await freePort()
    }

    /// The PostgreSQL under test, if it is not the embedded one.
    var cluster: OwnCluster {
        guard let shared else { preconditionFailure("the embedded database is the server's business") }
        return shared
    }

    /// The data directory of the embedded database.
    private var data: FilePath { directory.appending("data") }

    /// The server's arguments for its database.
    var databaseArguments: [String] {
        shared == nil ? ["--data-dir", data.string] : ["--database-url", url()]
    }

    /// The server's setting of its spool; with the embedded database a spool is the default.
    var spoolEnvironment: [String] {
        switch spool {
        case .none: []
        case .own: ["HOURGLASS_SPOOL=\(directory)/spool"]
        case .at(let directory): ["HOURGLASS_SPOOL=\(directory)/spool"]
        }
    }

    /// The connection string of the server.
    func url(host: String = "127.0.0.1", port: Int? = nil) -> String {
        cluster.url(database: database, role: Self.login, host: host, port: port)
    }

    /// The connection string of the superuser.
    var administratorURL: String {
        shared == nil ? "host='\(data)/socket' user=postgres dbname=hourglass" : administratorURL()
    }

    func administratorURL(port: Int? = nil) -> String {
        (survivor ?? cluster).url(database: database, port: port)
    }

    /// Runs a script as the superuser, in the database of the scenario.
    func run(_ script: String) async throws {
        try await cluster.run(script, in: database)
    }

    /// Adds the sites of the ledger to a database that was not made from the template.
    func addSites() async throws {
        try await Connection.with(administratorURL) { try await $0.run(LedgerSite.insertion) }
    }

    /// Changes a setting of the database for future sessions.
    func set(_ name: String, to value: String) async throws {
        try await cluster.run("ALTER DATABASE \(database) SET \(name) = '\(value)'")
    }

    /// Adds a figure to the printed line of the scenario.
    func note(_ figure: String) {
        notes.withLock { $0.append(figure) }
    }

    /// Compares the ledger with the stored events, and prints the figures.
    private func verdict() async throws -> Verdict {
        let verdict = try await Verdict(ledger, storedIn: administratorURL)
        report(verdict)
        #expect(ledger.figures.unexpected.isEmpty, "\(ledger.figures.unexpected)")
        #expect(ledger.figures.acknowledged > 0)
        return verdict
    }

    /// Removes ledger and log; a scenario that throws keeps them.
    private func remove() throws {
        try FileManager.default.removeItem(atPath: directory.string)
    }

    private func report(_ verdict: Verdict) {
        let figures = ledger.figures
        let line = [
            "issued \(ledger.issued)", "acked \(figures.acknowledged)", "refused \(figures.refused)",
            "broken \(figures.broken)", "lost \(verdict.lost)", "doubled \(verdict.doubled)",
            "phantom \(verdict.phantom)", "altered \(verdict.altered)", "misplaced \(verdict.misplaced)",
            "longest gap \(figures.longestGap.text)",
        ]
        announce("\(name): \((line + notes.withLock { $0 }).joined(separator: ", ")); seed \(ledger.seed)")
    }
}

extension Duration {
    /// The duration in seconds, with two decimals.
    var text: String {
        formatted(.units(allowed: [.seconds], width: .narrow, fractionalPart: .show(length: 2)))
    }
}
