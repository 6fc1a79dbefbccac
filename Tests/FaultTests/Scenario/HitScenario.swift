import Analytics
import FoundationEssentials
import Logging
import Postgres
import Spool
import Store
import Support
import Testing

/// The environment of faults below the server: a store with a spool in front of it, writers and their ledger.
///
/// No route takes hits, so they are appended without a server.
struct HitScenario: Sendable {
    let cluster: OwnCluster
    let proxy: PostgresProxy
    let ledger = HitLedger()
    private let store: SpoolingStore
    private let postgres: PostgresStore
    private let database: String
    /// The time of the latest row.
    private let base = Timestamp(seconds: Int(Date.now.timeIntervalSince1970))

    /// Runs a store on a new database of a cluster, behind a proxy, while `body` runs.
    static func run(on cluster: OwnCluster, flavour: String, _ body: (HitScenario) async throws -> Void) async throws {
        if !cluster.isRunning { try await cluster.start() }
        let database = "fault_\(UUID().uuidString.prefix(8).lowercased())"
        try await cluster.run("CREATE DATABASE \(database) TEMPLATE \(try await cluster.template(flavour))")
        try await cluster.run(HitWriter.insertion, in: database)
        try await PostgresProxy.with(to: cluster.port, seed: Extent.seed) { proxy in
            try await withScratch { path in
                let scenario = HitScenario(cluster, proxy, database: database, try Spool(path))
                try await scenario.whileItRuns { try await body(scenario) }
            }
        }
        try await cluster.run("DROP DATABASE \(database) WITH (FORCE)")
    }

    private init(_ cluster: OwnCluster, _ proxy: PostgresProxy, database: String, _ spool: Spool) {
        self.cluster = cluster
        self.proxy = proxy
        self.database = database
        var configuration = PostgresStore.Configuration()
        // Shorter than the outages, so that batches are spooled, some of them in doubt.
        configuration.retryFor = .milliseconds(200)
        configuration.doubt = .milliseconds(200)
        let url = cluster.url(database: database, role: Scenario.login, port: proxy.port)
        postgres = PostgresStore(url: url, configuration: configuration)
        store = SpoolingStore(
            spool,
            before: postgres,
            logger: Logger(label: "faults") { _ in SwiftLogNoOpLogHandler() }
        )
    }

    private func whileItRuns(_ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            for run in [postgres.run, store.run] { group.addTask { try await run() } }
            try await body()
            group.cancelAll()
        }
    }

    /// Appends batches by several writers while `body` runs, and waits until all of them have been delivered.
    func underWriters(_ body: () async throws -> Void) async throws {
        let stop = StopSign()
        try await withThrowingTaskGroup { group in
            for number in 1...4 {
                var writer = HitWriter(number, to: store, ledger, base: base)
                group.addTask { try await writer.run(until: stop) }
            }
            try await body()
            stop.raise()
            try await group.waitForAll()
        }
        try await delivered()
    }

    /// Waits until the store answers, which it does not before everything spooled has been delivered.
    func delivered() async throws {
        while true {
            do {
                _ = try await store.hour(of: Site.standard, endingAt: base)
                return
            } catch is QueryError {
                try await Task.sleep(for: .milliseconds(20))
            }
        }
    }

    /// Compares the ledger with the rows, and with the answers about every site; no writer may be appending.
    func check() async throws {
        let (hits, events) = (ledger.hits, ledger.events)
        let (hitLines, eventLines, ids) = try await Connection.with(cluster.url(database: database)) { connection in
            try await (connection.hitLines(), connection.eventLines(), connection.values(Self.countIDs))
        }
        #expect(RowVerdict(expected: hits.map(\.line), stored: hitLines) == RowVerdict())
        #expect(RowVerdict(expected: events.map(\.line), stored: eventLines) == RowVerdict())
        #expect(ids == [["\(ledger.identified)"]])
        let bySite = Dictionary(grouping: events, by: \.site)
        for site in HitWriter.sites {
            for age in [0, 450, 4 * 3_600, 40 * 86_400] {
                let moment = base.advanced(by: .seconds(-age))
                let answer = try await store.hour(of: site, endingAt: moment)
                #expect(
                    answer == bySite[site, default: []].hour(endingAt: moment),
                    "site \(site.rawValue), \(age) s ago"
                )
            }
        }
    }

    private static let countIDs = """
        SELECT count(*)
          FROM (
            TABLE hourglass.hit_id_0 UNION ALL TABLE hourglass.hit_id_1
             UNION ALL
            TABLE hourglass.hit_id_2 UNION ALL TABLE hourglass.hit_id_3
          ) AS id
        """
}

extension Event {
    /// All columns as text, as `Connection.eventLines` gives them.
    fileprivate var line: String { "\(time.milliseconds)|\(site.rawValue)|\(kind.rawValue)|\(user.text)" }
}

extension Connection {
    /// The stored events as text.
    fileprivate func eventLines() throws -> [String] {
        try values(
            "SELECT concat_ws('|', (extract(epoch FROM ts) * 1000)::bigint, site_id, kind, user_id) FROM hourglass.event"
        )
        .compactMap { $0.first ?? nil }
    }
}
