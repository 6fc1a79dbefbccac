import NIOCore
import NIOPosix

/// A port on which nothing listens, for a server that has to come back on the same one.
///
/// It lies below those that the system gives to outgoing connections: a client that knocks again and again at such a
/// one, while its server is away, would at some time be given it itself and talk to itself.
package func freePort() async throws -> Int {
    while true {
        let port = Int.random(in: 20_000..<32_000)
        do {
            let channel = try await ServerBootstrap(group: .singletonMultiThreadedEventLoopGroup)
                .bind(host: "127.0.0.1", port: port).get()
            try await channel.close().get()
            return port
        } catch {
            // Taken: another one.
            continue
        }
    }
}
