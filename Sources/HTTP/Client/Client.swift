/// The client of a request, and how it was found.
package struct Client: Hashable, Sendable {
    /// The origin of the address.
    package enum Source: Hashable, Sendable {
        /// The other end of the connection.
        case peer
        /// The PROXY header of the connection.
        case proxyHeader
        /// A header of the request.
        case header
    }

    /// The use that was made of the header that names clients.
    enum HeaderUse {
        case used
        /// It names no client.
        case unusable
        /// Whoever sent it is no trusted proxy.
        case ignored
        case missing
    }

    /// The address; nil if the client has none, as one behind a unix socket.
    package let address: ClientAddress?
    /// The other end of the connection.
    package let peer: Peer
    let isPeerTrusted: Bool
    /// The name of the header that names clients.
    let header: String
    let headerUse: HeaderUse

    package var source: Source {
        switch (headerUse, peer.announced) {
        case (.used, _): .header
        case (_, .client): .proxyHeader
        case (_, .nobody), (_, nil): .peer
        }
    }
}
