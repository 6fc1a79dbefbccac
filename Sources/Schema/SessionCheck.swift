package import Postgres

/// A check of whether a session with the database lasts as long as its connection.
///
/// Some connection poolers run each transaction in any of their sessions. Roles, settings, prepared statements and
/// advisory locks are then lost between two transactions, or belong to another client.
package enum SessionCheck {
    /// The number of comparisons; a single one may miss a change of session if the pooler has other clients.
    private static let rounds = 3

    /// Compares the sessions of two connections while they are used in turns.
    ///
    /// - Parameters:
    ///   - first: A connection.
    ///   - second: Another one, to the same address.
    /// - Returns: The reason that sessions cannot be relied on; nil if they last.
    /// - Throws: A `PostgresError` if a connection is lost.
    package static func obstacle(_ first: Connection, _ second: Connection) async throws -> String? {
        do {
            for _ in 1...rounds {
                let own = try await backend(of: first)
                // Between transactions a pooler may give the first connection's session to the second one.
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

    /// The process that serves a connection; read without a prepared statement, which a change of session would lose.
    private static func backend(of connection: Connection) async throws -> String? {
        try await connection.values("SELECT pg_backend_pid()").first?.first ?? nil
    }

    private static let description =
        "sessions with the database do not last: the connection pooler in between gives each transaction another one. "
        + "hourglass needs roles, prepared statements and advisory locks to stay: set the pooler to whole sessions "
        + "(PgBouncer: pool_mode = session), or connect to PostgreSQL directly"
}
