import NIOCore

extension Peer {
    /// The other end of a channel.
    init(_ address: SocketAddress?) {
        switch address {
        case .unixDomainSocket: self.init(.unix)
        case .v4, .v6, nil: self.init(address?.ipAddress.flatMap { ClientAddress($0) }.map(Socket.address) ?? .unknown)
        }
    }
}
