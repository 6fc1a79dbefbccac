import NIOCore
import NIOPosix

/// A port on which no program listens, for a server that is restarted on the same one.
///
/// It is below the range of ephemeral ports: a client that keeps connecting to such a port while no server listens may
/// be given the same port as its own, and connect to itself.
package func freePort() async throws -> Int {
    while true {
        let port = Int.random(in: 20_000..<32_000)
        do {
            let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .bind(host: "127.0.0.1", port: port).get()
            try await channel.close().get()
            return port
        } catch {
            // In use: tries another one.
            continue
        }
    }
}
