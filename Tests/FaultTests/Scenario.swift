import Foundation
import Support
import Synchronization
import SystemPackage
import Testing

/// One kind of fault: a database, a ledger, a server between them, and what has been measured.
final class Scenario: Sendable {
    static let login = "hourglass"

    let name: String
    let cluster: OwnCluster
    let ledger: Ledger
    /// Where the server listens, time after time.
    let port: Int
    private let database: String
    /// For its files.
    let directory: FilePath
    private let notes = Mutex<[String]>([])

    /// Runs a scenario, prints its figures and compares the ledger with what is stored.
    ///
    /// - Parameters:
    ///   - name: Stands before the figures.
    ///   - cluster: That of the suite, unless it is another one.
    ///   - flavour: What the database is migrated to.
    ///   - tablespace: Where the database is.
    ///   - judge: Says whether what came out is what should.
    ///   - body: Does what is to be endured; afterwards PostgreSQL must run.
    /// - Throws: What `body` throws.
    static func run(
        _ name: String,
        on cluster: OwnCluster? = nil,
        flavour: String = "postgres",
        tablespace: String = "pg_default",
        judge: (Verdict) -> Void = { #expect($0 == Verdict()) },
        _ body: (Scenario) async throws -> Void
    ) async throws {
        let cluster = try #require(cluster ?? OwnClusterTrait.cluster)
        // The scenario before may have failed in the middle.
        if !cluster.isRunning { try await cluster.start() }
        let template = try await cluster.template(flavour)
        let scenario = try await Scenario(name, cluster: cluster)
        try await cluster.run("CREATE DATABASE \(scenario.database) TEMPLATE \(template) TABLESPACE \(tablespace)")
        try await body(scenario)
        let verdict = try await Verdict(scenario.ledger, storedIn: scenario.administratorURL)
        scenario.report(verdict)
        judge(verdict)
        #expect(scenario.ledger.figures.unexpected.isEmpty, "\(scenario.ledger.figures.unexpected)")
        #expect(scenario.ledger.figures.acknowledged > 0)
        try await cluster.run("DROP DATABASE \(scenario.database) WITH (FORCE)")
        // Only what was thrown out of keeps its ledger and log.
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

    /// Where the superuser connects to.
    var administratorURL: String { administratorURL() }

    func administratorURL(port: Int? = nil) -> String {
        cluster.url(database: database, port: port)
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
