import ServiceLifecycle
import Store

/// Looks at a database that was away when the server started, once it is there, and ends the server if it cannot be used.
struct DatabaseCheck: Service {
    private static let interval: Duration = .seconds(1)

    let database: Database

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await database.check()
                    break
                } catch is StoreError {
                    // Cancelled while waiting: the loop ends.
                    try? await Task.sleep(for: Self.interval)
                }
            }
        }
        // A service that returns ends the server. Being cancelled means the same.
        try? await gracefulShutdown()
    }
}
