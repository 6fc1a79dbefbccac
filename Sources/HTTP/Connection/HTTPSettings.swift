package import NIOCore

/// The settings of connections and of the socket that they come to.
package struct HTTPSettings: Sendable {
    /// Bytes that are read from a connection at once.
    static let largestPiece = 16 << 10

    package var host = "127.0.0.1"
    /// 0 takes any that is free.
    package var port = 8080
    /// The largest body, in bytes, as it comes.
    package var maximumBody = 16 << 20
    /// The time that a request may take to arrive, and an answer to be taken.
    package var requestTimeout: TimeAmount = .seconds(25)
    /// The time that a request may wait for the admission of its body.
    package var bodyWait: TimeAmount = .seconds(2)
    /// The time that a connection may do nothing.
    ///
    /// Longer than the 60 seconds for which nginx and the load balancers of AWS keep an idle connection to a server by
    /// default. The proxy must be the side that closes: otherwise it may send a request into a connection that the server
    /// is closing, and its client gets a 502.
    package var idleTimeout: TimeAmount = .seconds(75)
    /// Connections at the same time; more wait in the kernel's queue.
    package var maximumConnections = 10_000
    /// The requests that an address may make; nil for as many as it likes.
    package var rate: Rate?

    package init() {}
}
