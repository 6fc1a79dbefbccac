import Analytics
import ServiceLifecycle

/// Checks a database that could not be reached when the server started, as soon as it can, and ends the server if it
/// cannot be used as it is.
struct DatabaseCheck: Service {
    /// The time between two attempts.
    private static let interval: Duration = .seconds(1)

    let database: Database

    func run() async throws {
        try await cancelWhenGracefulShutdown {
            while !Task.isCancelled {
                do {
                    try await database.check()
                    break
                } catch is QueryError {
                    // Cancelled while waiting: the loop ends.
                    try? await Task.sleep(for: Self.interval)
                } catch {
                    // The shutdown cancels a check that is under way, which proves nothing about the database.
                    guard Task.isCancelled else { throw error }
                }
            }
        }
        // Returning earlier would end the server. Cancellation ends it too.
        try? await gracefulShutdown()
    }
}
