import Logging
import ServiceLifecycle

/// Accepts connections on one socket or several, and serves them until it is shut down gracefully.
struct HTTPServer: Service {
    let listeners: [Listener]
    let connections: ConnectionChannel
    /// The most connections at the same time.
    let maximumConnections: Int
    let logger: Logger
    /// Called with the port of the first socket, 0 for a Unix socket, once connections are accepted.
    let onReady: @Sendable (_ port: Int) async -> Void

    func run() async throws {
        let sockets = try await open()
        await withGracefulShutdownHandler {
            await onReady(sockets.first?.port ?? 0)
            await withDiscardingTaskGroup { group in
                for socket in sockets {
                    group.addTask { await socket.serve(connections, logger: logger) }
                }
            }
        } onGracefulShutdown: {
            for socket in sockets { socket.shutDown() }
        }
    }

    private func open() async throws -> [ListeningSocket] {
        let share = max(1, maximumConnections / max(1, listeners.count))
        var sockets: [ListeningSocket] = []
        do {
            for listener in listeners {
                sockets.append(try await ListeningSocket(listener, connections, maximum: share, logger: logger))
            }
        } catch {
            for socket in sockets { await socket.close() }
            throw error
        }
        return sockets
    }
}
