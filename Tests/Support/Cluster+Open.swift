package import Cluster
package import Logging
package import SystemPackage

extension Cluster {
    /// Makes a cluster and starts it; what was begun is stopped when that fails.
    package static func open(_ directory: FilePath, connections: Int = 0, logger: Logger) async throws -> Cluster {
        let cluster = try await Cluster(directory, connections: connections, logger: logger)
        do {
            try await cluster.open()
        } catch {
            // What kept it from starting is the error that tells.
            try? await cluster.stop()
            throw error
        }
        return cluster
    }
}
