/// A place that the server listens on.
enum Listener: Sendable {
    /// An address or the name of a host, and a port; 0 for any free one.
    case host(String, port: Int)
    case unix(UnixSocket)
    /// The descriptor of a socket that the service manager has opened, which this process owns.
    case inherited(CInt)
}

extension HTTPSettings {
    /// The places to listen on: the inherited sockets, else the Unix socket, else the host and the port.
    var listeners: [Listener] {
        if !inheritedSockets.isEmpty { return inheritedSockets.map(Listener.inherited) }
        return [socket.map(Listener.unix) ?? .host(host, port: port)]
    }
}
