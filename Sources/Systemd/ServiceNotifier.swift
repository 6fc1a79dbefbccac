package import Logging
import ServiceLifecycle
import SystemPackage

/// Tells the service manager that the process is alive, as long as it is, and that it stops.
package struct ServiceNotifier: Service {
    private let manager: ServiceManager
    private let logger: Logger
    private let check: @Sendable () async throws -> Void

    /// - Parameters:
    ///   - manager: The service manager.
    ///   - logger: The logger of the server.
    ///   - check: Returns if the process can do its work, throws if it cannot, and does not return if it hangs.
    package init(_ manager: ServiceManager, logger: Logger, check: @escaping @Sendable () async throws -> Void) {
        self.manager = manager
        self.logger = logger
        self.check = check
    }

    package func run() async throws {
        await cancelWhenGracefulShutdown {
            // Without a watchdog there is nothing to do before the end.
            guard let interval = manager.watchdog.map({ $0 / 3 }) else {
                try? await gracefulShutdown()
                return
            }
            while !Task.isCancelled {
                await tellAlive()
                // Cancelled while waiting: the loop ends.
                try? await Task.sleep(for: interval)
            }
        }
        send(.stopping)
        // Returning earlier would end the server; after the graceful shutdown this returns at once.
        try? await gracefulShutdown()
    }

    /// Tells the service manager that the server is ready.
    package func tellReady(status: String) { send(.ready(status: status)) }

    private func tellAlive() async {
        do {
            try await check()
            send(.alive)
        } catch {
            logger.error("not telling the watchdog: a check failed", metadata: ["error": "\(error)"])
        }
    }

    private func send(_ message: ServiceManager.Message) {
        do throws(Errno) { try manager.send(message) } catch {
            logger.warning("the service manager cannot be told", metadata: ["error": "\(error)"])
        }
    }
}
