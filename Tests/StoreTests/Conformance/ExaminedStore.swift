import Analytics
import Logging
import Schema
import ServiceLifecycle
import Spool
import Store
import Support
import SystemPackage
import Testing

/// A store that the conformance suite examines, on a database of some flavour.
struct ExaminedStore: Sendable {
    enum Kind: CaseIterable {
        case postgres
        case spooling
        /// The database is away when the first batches come, and back when the examination begins.
        case spoolingAfterAnOutage
    }

    /// 2008-10-09T15:00:00Z.
    static let base = Timestamp(seconds: 1_223_564_400)
    /// The time of the stores' clock: half an hour into the third hour.
    static let now = base.advanced(by: .seconds(9_000))

    static let all = Flavour.allCases.flatMap { flavour in
        Kind.allCases.map { ExaminedStore(kind: $0, flavour: flavour) }
    }

    /// Those without a spool in front, for what the database does.
    static let direct = all.filter { $0.kind == .postgres }

    let kind: Kind
    let flavour: Flavour

    /// Lends the store, while it runs, with the events that it holds already.
    func with(_ body: @Sendable (any EventStore, TestDatabase, _ held: [Event]) async throws -> Void) async throws {
        try await withDatabase(flavour) { database in
            try await database.run(
                "UPDATE open_hour SET since = to_timestamp(\(Self.base.milliseconds / 1000 + 7_200))"
            )
            let postgres = PostgresStore(url: database.url, configuration: Self.configuration)
            guard kind != .postgres else {
                return try await Self.running([postgres]) { try await body(postgres, database, []) }
            }
            try await withScratch { path in
                let spooling = SpoolingStore(
                    try Spool(path),
                    before: postgres,
                    logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
                )
                try await Self.running([postgres, spooling]) {
                    let held = try await kind == .spooling ? [] : Self.holdEvents(in: spooling, database)
                    try await body(spooling, database, held)
                }
            }
        }
    }

    private static var configuration: PostgresStore.Configuration {
        var configuration = PostgresStore.Configuration()
        // All examined stores run at once and share the connections of one server.
        configuration.writers = 2
        configuration.readers = 2
        configuration.retryFor = .milliseconds(100)
        configuration.doubt = .milliseconds(100)
        configuration.live.now = { now }
        return configuration
    }

    private static func running(_ services: [any Service], _ body: () async throws -> Void) async throws {
        try await withThrowingTaskGroup { group in
            for service in services { group.addTask { try await service.run() } }
            try await body()
            group.cancelAll()
        }
    }

    /// Stores a few events while the database is away, and waits until they are delivered.
    private static func holdEvents(in store: any EventStore, _ database: TestDatabase) async throws -> [Event] {
        let events = (1...3).map { Event.sample(at: now.milliseconds - 1_000 * $0, user: "held \($0)") }
        try await database.breakConnections(allow: false)
        for event in events {
            #expect(try await store.append(Batch(entries: [Batch.Entry(events: [event])])) == [.stored])
        }
        try await database.breakConnections(allow: true)
        try await store.eventuallyAnswers()
        return events
    }
}

extension ExaminedStore: CustomTestStringConvertible {
    var testDescription: String { "\(kind), \(flavour)" }
}

extension EventStore {
    /// Waits until questions are answered again.
    func eventuallyAnswers() async throws {
        try await eventually {
            do {
                _ = try await hour(of: Site.standard, endingAt: ExaminedStore.now)
                return true
            } catch is QueryError {
                return false
            }
        }
    }
}
