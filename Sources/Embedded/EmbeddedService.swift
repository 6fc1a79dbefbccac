import Logging
import ServiceLifecycle

/// Starts PostgreSQL again when it has died, waits for what it leaves behind, and stops it with the server.
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
                // Cancelled while waiting: the loop ends.
                try? await Task.sleep(for: Self.interval)
            }
        }
        try await postgres.stop()
    }

    private func restart() async {
        postgres.logger.error("PostgreSQL is gone, starting it again")
        do {
            try await postgres.start()
        } catch {
            // What is left of it may not have ended yet: the next round tries again.
            postgres.logger.error("PostgreSQL did not start", metadata: ["error": "\(error)"])
        }
    }
}
