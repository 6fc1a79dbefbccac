package import Embedded
package import Logging
package import SystemPackage

extension EmbeddedPostgres {
    /// Creates a data directory and starts PostgreSQL on it, which is stopped again if the start fails.
    package static func open(_ directory: FilePath, connections: Int = 0, logger: Logger) async throws
        -> EmbeddedPostgres
    {
        let postgres = try await EmbeddedPostgres(directory, connections: connections, logger: logger)
        do {
            try await postgres.open()
        } catch {
            // The error of the start is the relevant one.
            try? await postgres.stop()
            throw error
        }
        return postgres
    }
}
