import Postgres

extension Connection {
    /// Runs `body` so that all its statements see the database as of one moment.
    ///
    /// - Parameter body: The statements, which read only.
    /// - Returns: The result of `body`.
    /// - Throws: The error of `body`, or a `PostgresError`.
    func snapshot<R: Sendable>(_ body: @Sendable (Connection) async throws -> R) async throws -> R {
        try run("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY")
        do {
            let result = try await body(self)
            try run("COMMIT")
            return result
        } catch {
            // If the connection is lost the server rolls back by itself; the first error is the one to report.
            try? run("ROLLBACK")
            throw error
        }
    }
}
