/// The other end of a connection: a client or a proxy.
package struct Peer: Hashable, Sendable {
    /// The other end as the operating system names it.
    package enum Socket: Hashable, Sendable {
        case address(ClientAddress)
        case unix
        /// The connection ended before its address was known.
        case unknown
    }

    /// The content of a PROXY header.
    package enum Announced: Hashable, Sendable {
        case client(ClientAddress)
        /// The connection is the proxy's own, or its client has no IP address.
        case nobody
    }

    package let socket: Socket
    /// The content of the PROXY header of the connection; nil if it has none.
    package internal(set) var announced: Announced?

    init(_ socket: Socket) { self.socket = socket }

    /// The address of the client, as far as the connection tells; nil if it has none.
    package var address: ClientAddress? {
        switch (announced, socket) {
        case (.client(let address), _), (_, .address(let address)): address
        case (_, .unix), (_, .unknown): nil
        }
    }
}
