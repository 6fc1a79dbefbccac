import Logging
import ServiceLifecycle

/// Restarts PostgreSQL after a crash, reaps its orphaned processes, and stops it with the server.
package struct EmbeddedService: Service {
    private static let interval: Duration = .milliseconds(250)

    private let postgres: EmbeddedPostgres

    package init(_ postgres: EmbeddedPostgres) {
        self.postgres = postgres
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                Orphans.collect()
                if !postgres.isRunning { await restart() }
                // Cancelled while waiting: the loop's condition ends it.
                try? await Task.sleep(for: Self.interval)
            }
        }
        try await postgres.stop()
    }

    private func restart() async {
        postgres.logger.error("PostgreSQL has ended, restarting it")
        do {
            try await postgres.start()
        } catch {
            // Its old processes may still be running: the next round tries again.
            postgres.logger.error("PostgreSQL failed to start", metadata: ["error": "\(error)"])
        }
    }
}
