package import Embedded
package import Logging
package import SystemPackage

extension EmbeddedPostgres {
    /// Makes a data directory and starts PostgreSQL on it; what was begun is stopped when that fails.
    package static func open(_ directory: FilePath, connections: Int = 0, logger: Logger) async throws
        -> EmbeddedPostgres
    {
        let postgres = try await EmbeddedPostgres(directory, connections: connections, logger: logger)
        do {
            try await postgres.open()
        } catch {
            // What kept it from starting is the error that tells.
            try? await postgres.stop()
            throw error
        }
        return postgres
    }
}
