import Synchronization

/// The peer of a connection with a PROXY header, for the requests that the router gets.
final class ConnectionOrigin: Sendable {
    /// The origin of the connection that the current task serves; nil without the PROXY protocol.
    ///
    /// Hummingbird passes only the channel of a request to its scope.
    @TaskLocal static var current: ConnectionOrigin?

    private let known = Mutex(Peer(.unknown))

    /// The peer, unknown until the header has been read.
    var peer: Peer { known.withLock { $0 } }

    func set(_ peer: Peer) { known.withLock { $0 = peer } }
}
