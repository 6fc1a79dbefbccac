/// The rules by which the client of a request is found.
package struct ClientRules: Sendable {
    /// The proxies that are believed what they say about their clients.
    package var proxies = TrustedProxies()
    /// The header in which they name them.
    package var header = ClientHeader.standard
    /// True if every connection has to come from a trusted proxy and to begin with a PROXY header.
    package var expectsProxyHeader = false

    package init() {}

    /// Finds the client of a request.
    ///
    /// - Parameters:
    ///   - peer: The other end of its connection.
    ///   - lines: Returns the values of all lines of a header of the request, in order.
    /// - Returns: The client, and how it was found.
    func client(of peer: Peer, lines: (_ name: String) -> [String]) -> Client {
        let lines = lines(header.name)
        let isTrusted = proxies.contains(peer)
        let named = isTrusted ? header.client(in: lines, behind: proxies) : nil
        let unused: Client.HeaderUse = lines.isEmpty ? .missing : isTrusted ? .unusable : .ignored
        return Client(
            address: named ?? peer.address,
            peer: peer,
            isPeerTrusted: isTrusted,
            header: header.name,
            headerUse: named == nil ? unused : .used
        )
    }
}
