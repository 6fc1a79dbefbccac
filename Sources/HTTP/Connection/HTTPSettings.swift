package import NIOCore

/// The settings of the listening socket and of its connections.
package struct HTTPSettings: Sendable {
    /// The most bytes of one read from a connection.
    static let largestPiece = 16 << 10

    package var host = "127.0.0.1"
    /// The port to listen on; 0 for any free one.
    package var port = 8080
    /// The Unix socket to listen on, in place of the host and the port; nil for none.
    package var socket: UnixSocket?
    /// Sockets that the service manager has opened, to be listened on in place of all others.
    package var inheritedSockets: [CInt] = []
    /// The certificate of the server, for TLS on every connection; nil to serve without TLS.
    package var certificate: ServerCertificate?
    /// The largest body, in bytes, before decompression.
    package var maximumBody = 16 << 20
    /// The longest time for a request to arrive, and for an answer to be read.
    package var requestTimeout: TimeAmount = .seconds(25)
    /// The longest time that a request waits for the admission of its body.
    package var bodyWait: TimeAmount = .seconds(2)
    /// The longest time without activity on a connection.
    ///
    /// Longer than the 60 seconds for which nginx and the load balancers of AWS keep an idle connection to a server by
    /// default. The proxy must be the side that closes: otherwise it may send a request into a connection that the
    /// server is closing, and its client gets a 502.
    package var idleTimeout: TimeAmount = .seconds(75)
    /// The most connections at the same time; more wait in the kernel's queue.
    package var maximumConnections = 10_000
    /// The rate limit of each client address; nil for none.
    package var rate: Rate?
    /// The rules by which clients are found, behind proxies too.
    package var clients = ClientRules()

    package init() {}
}
