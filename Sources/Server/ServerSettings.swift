package import Analytics
package import NIOCore

/// What the HTTP side of the server can be told.
package struct ServerSettings: Sendable {
    package var host = "127.0.0.1"
    /// 0 takes any that is free.
    package var port = 8080
    /// Answer 400 to what cannot be stored, and not 204.
    package var isStrict = false
    package var acceptedTimes = AcceptedTimes()
    /// The largest body, in bytes, as it comes.
    package var maximumBody = 16 << 20
    /// The largest body, in bytes, when it is inflated.
    package var maximumInflated = 64 << 20
    /// What all bodies together may take, in bytes.
    package var bodyMemory = 16 << 20
    /// The most events in one request.
    package var maximumEvents = 100_000
    /// How long a request may take to arrive, and an answer to be taken.
    package var requestTimeout: TimeAmount = .seconds(25)
    /// How long a request may wait for room for its body.
    package var bodyWait: TimeAmount = .seconds(2)
    /// How long a connection may do nothing.
    ///
    /// Longer than the 60 seconds for which nginx and the load balancers of AWS keep an idle connection to a server by
    /// default. The proxy must be the side that closes: otherwise it may send a request into a connection that the server
    /// is closing, and its client gets a 502.
    package var idleTimeout: TimeAmount = .seconds(75)
    /// Connections at the same time; more wait in the kernel's queue.
    package var maximumConnections = 10_000

    /// How much an address may ask; nil for as much as it likes.
    package var rate: Rate?

    package init() {}
}
