import Logging
import ServiceLifecycle

/// Starts PostgreSQL again when it has died, waits for what it leaves behind, and stops it with the server.
package struct ClusterService: Service {
    private static let interval: Duration = .milliseconds(250)

    private let cluster: Cluster

    package init(_ cluster: Cluster) {
        self.cluster = cluster
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                Orphans.collect()
                if !cluster.isRunning { await restart() }
                // Cancelled while waiting: the loop ends.
                try? await Task.sleep(for: Self.interval)
            }
        }
        try await cluster.stop()
    }

    private func restart() async {
        cluster.logger.error("PostgreSQL is gone, starting it again")
        do {
            try await cluster.start()
        } catch {
            // What is left of it may not have ended yet: the next round tries again.
            cluster.logger.error("PostgreSQL did not start", metadata: ["error": "\(error)"])
        }
    }
}
