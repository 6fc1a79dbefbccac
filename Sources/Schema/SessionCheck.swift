package import Postgres

/// A check of whether a session with the database lasts as long as its connection.
///
/// Some connection poolers give each transaction any of their sessions. Roles, settings, prepared statements and advisory
/// locks of a session are then lost between two statements, or are another client's.
package enum SessionCheck {
    /// One round may miss it, when other clients of the pooler come in between.
    private static let rounds = 3

    /// Compares the sessions of two connections while they are used in turns.
    ///
    /// - Parameters:
    ///   - first: A connection.
    ///   - second: Another one, to the same address.
    /// - Returns: The reason for which sessions cannot be relied on; nil when they last.
    /// - Throws: A `PostgresError` when one of them is lost.
    package static func obstacle(_ first: Connection, _ second: Connection) async throws -> String? {
        do {
            for _ in 1...rounds {
                let own = try await backend(of: first)
                // A pooler that has the session back may give it to the other one.
                try await second.run("BEGIN")
                let other = try await backend(of: second)
                try await second.run("COMMIT")
                let later = try await backend(of: first)
                if other == own || later != own { return description }
            }
            return nil
        } catch let error as PostgresError where error.message.contains("pooling mode") {
            return description
        }
    }

    /// The process that serves a connection; a prepared statement may be gone before it is executed.
    private static func backend(of connection: Connection) async throws -> String? {
        try await connection.values("SELECT pg_backend_pid()").first?.first ?? nil
    }

    private static let description =
        "sessions with the database do not last: the connection pooler in between gives each transaction another one. "
        + "hourglass needs roles, prepared statements and advisory locks to stay: set the pooler to whole sessions "
        + "(PgBouncer: pool_mode = session), or connect to PostgreSQL directly"
}
