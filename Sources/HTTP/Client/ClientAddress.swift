package import NIOCore

/// The address of the client of a request.
package struct ClientAddress: Hashable, Sendable {
    /// The address as the operating system writes it, without the port.
    package let text: String

    /// - Returns: nil if it is not an IP address.
    package init?(_ address: SocketAddress) {
        guard let text = address.ipAddress else { return nil }
        self.text = text
    }

    /// The part that the client cannot choose, for the rate limit; nil if the text is not an address.
    package var network: AddressPrefix? { AddressPrefix(text) }
}
