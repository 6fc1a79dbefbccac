import Embedded
import Foundation
import Logging
import Postgres
import Support
import SystemPackage

/// An obstacle to the start of a server whose embedded database already runs.
enum Obstacle: CaseIterable, Sendable {
    /// No connection is allowed to `postgres`, where the server looks for its database.
    case database
    /// The schema is that of a newer program.
    case schema
    /// A file stands where the spool should be.
    case spool
    /// Another process has the port.
    case port

    /// A part of the expected error.
    var message: String {
        switch self {
        case .database: "not currently accepting connections"
        case .schema: "permission denied for schema hourglass"
        case .spool: "/spool"
        case .port: "Address already in use"
        }
    }

    /// Creates the obstacle in a data directory.
    func put(in directory: FilePath) async throws {
        let quiet = Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        switch self {
        case .database:
            try await run(
                "UPDATE pg_database SET datallowconn = false WHERE datname = 'postgres'",
                in: directory,
                quiet
            )
        case .schema:
            try await run("CREATE SCHEMA hourglass", in: directory, quiet)
        case .spool:
            try await run("SELECT", in: directory, quiet)
            try Data().write(to: URL(filePath: "\(directory)/spool"))
        case .port: break
        }
    }

    private func run(_ script: String, in directory: FilePath, _ logger: Logger) async throws {
        let cluster = try await EmbeddedPostgres.open(directory, logger: logger)
        try await Connection.with(cluster.url(role: EmbeddedPostgres.administrator)) { try await $0.run(script) }
        try await cluster.stop()
    }
}
