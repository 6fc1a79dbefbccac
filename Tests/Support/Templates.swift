import Foundation
import Postgres
import Schema
import Store
import Synchronization

/// The migrated templates of the tests' databases: one for each flavour, created on first use.
actor Templates {
    static let shared = Templates()

    private let names = Atomic(0)
    private var making: [Flavour: Task<String, any Error>] = [:]
    private var obstacle: Task<String?, any Error>?

    nonisolated func nextName() -> String {
        let number = names.add(1, ordering: .relaxed).newValue
        return "test_\(ProcessInfo.processInfo.processIdentifier)_\(number)"
    }

    /// Cancels the test if the server does not support this flavour.
    func require(_ flavour: Flavour) async throws {
        if let reason = try await obstacle(to: flavour) { try cancelWithoutTimescaleDB(reason) }
    }

    /// The reason that the server does not support this flavour, queried once; nil if it does.
    func obstacle(to flavour: Flavour) async throws -> String? {
        guard flavour == .timescaledb else { return nil }
        let asking = obstacle ?? Task { try await Self.timescaleObstacle() }
        obstacle = asking
        return try await asking.value
    }

    func template(_ flavour: Flavour) async throws -> String {
        try await require(flavour)
        let making = making[flavour] ?? Task { try await Self.make(flavour, name: nextName()) }
        self.making[flavour] = making
        return try await making.value
    }

    private static func make(_ flavour: Flavour, name: String) async throws -> String {
        try await administer("CREATE DATABASE \(name)")
        // The template of the other flavour may be created at the same time.
        try await administer(
            """
            DO $$ BEGIN CREATE ROLE \(TestDatabase.serverLogin) LOGIN NOINHERIT;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$;
            DO $$ BEGIN CREATE ROLE hourglass_query LOGIN NOINHERIT;
            EXCEPTION WHEN duplicate_object OR unique_violation THEN NULL; END $$
            """
        )
        let migrator = Migrator(url: try TestServer.url(database: name))
        _ = try await migrator.migrate(flavour: flavour, login: TestDatabase.serverLogin)
        return name
    }

    private static func timescaleObstacle() async throws -> String? {
        try await Migrator(url: try TestServer.url(database: "postgres")).obstacle(to: .timescaledb)
    }
}
