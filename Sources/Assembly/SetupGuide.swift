import Analytics
import Logging
import Registry
import ServiceLifecycle
import Web

/// Tells the link by which the first account is made, as long as there is none: in the log, once after each start.
///
/// Whoever reads the log of a server runs it; nobody else can be first.
struct SetupGuide: Service {
    /// The time between two attempts while the database is away.
    private static let interval: Duration = .seconds(5)

    let accounts: Accounts
    let logger: Logger
    /// The address of the server, as soon as it takes requests.
    let address: AsyncStream<ServerAddress>

    func run() async throws {
        await cancelWhenGracefulShutdown {
            for await address in address {
                while !Task.isCancelled {
                    if await tell(address) { break }
                    // Cancelled while waiting: the loop ends.
                    try? await Task.sleep(for: Self.interval)
                }
            }
        }
        // Returning earlier would end the server. Cancellation ends it too.
        try? await gracefulShutdown()
    }

    /// Tells the link; false while the database is away.
    private func tell(_ address: ServerAddress) async -> Bool {
        do {
            guard let link = try await accounts.makeSetupLink(replacing: nil) else { return true }
            logger.notice(
                "there is no account yet: open the link to make the first one",
                metadata: ["url": "\(address.text)/setup?token=\(link.text)"]
            )
            return true
        } catch {
            logger.debug("the link of the setup cannot be made", metadata: ["error": "\(error)"])
            return false
        }
    }
}
