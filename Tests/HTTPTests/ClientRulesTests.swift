import Testing

@testable import HTTP

/// The client of a request, from its connection and its header, with the proxies 10.0.0.0/8 and unix sockets.
struct ClientRulesTests {
    private func client(_ peer: Peer, _ lines: [String]) throws -> Client {
        var rules = ClientRules()
        rules.proxies = try TrustedProxies(parsing: "10.0.0.0/8,unix")
        return rules.client(of: peer) { name in name == "X-Forwarded-For" ? lines : ["6.6.6.6"] }
    }

    private func peer(_ socket: String, _ announced: Peer.Announced? = nil) throws -> Peer {
        var peer = Peer(socket == "unix" ? .unix : .address(try #require(ClientAddress(socket))))
        peer.announced = announced
        return peer
    }

    @Test(
        arguments: [
            (
                "192.0.2.9", ["6.6.6.6"], "192.0.2.9", .peer,
                "the peer 192.0.2.9 is not a trusted proxy, so its header X-Forwarded-For is ignored"
            ),
            ("192.0.2.9", [], "192.0.2.9", .peer, "the peer 192.0.2.9 is not a trusted proxy"),
            (
                "10.0.0.1", ["192.0.2.1"], "192.0.2.1", .header,
                "the peer 10.0.0.1 is a trusted proxy, and its header X-Forwarded-For names the client"
            ),
            (
                "10.0.0.1", [], "10.0.0.1", .peer,
                "the peer 10.0.0.1 is a trusted proxy, but it sent no header X-Forwarded-For"
            ),
            (
                "10.0.0.1", ["6.6.6.6, unknown"], "10.0.0.1", .peer,
                "the peer 10.0.0.1 is a trusted proxy, but its header X-Forwarded-For names no client"
            ),
            (
                "unix", ["192.0.2.1"], "192.0.2.1", .header,
                "the peer, a unix socket, is a trusted proxy, and its header X-Forwarded-For names the client"
            ),
            (
                "unix", [], nil, .peer,
                "the peer, a unix socket, is a trusted proxy, but it sent no header X-Forwarded-For"
            ),
        ] as [(String, [String], String?, Client.Source, String)]
    )
    func ofAConnection(
        socket: String,
        lines: [String],
        address: String?,
        source: Client.Source,
        reason: String
    ) throws {
        let client = try client(peer(socket), lines)
        #expect(client.address?.text == address)
        #expect(client.source == source)
        #expect(client.reason == reason)
        #expect(try client.peer == peer(socket))
    }

    @Test(
        arguments: [
            (
                "192.0.2.1", ["6.6.6.6"], "192.0.2.1", .proxyHeader,
                "192.0.2.1, which the PROXY header of the peer 10.0.0.1 names, is not a trusted proxy, so its header "
                    + "X-Forwarded-For is ignored"
            ),
            (
                "10.0.0.2", ["192.0.2.1"], "192.0.2.1", .header,
                "10.0.0.2, which the PROXY header of the peer 10.0.0.1 names, is a trusted proxy, and its header "
                    + "X-Forwarded-For names the client"
            ),
            // Whoever it is, it may have made up the header.
            (nil, ["6.6.6.6"], "10.0.0.1", .peer, "the PROXY header of the peer 10.0.0.1 names no client"),
        ] as [(String?, [String], String, Client.Source, String)]
    )
    func ofAConnectionWithAPROXYHeader(
        named: String?,
        lines: [String],
        address: String,
        source: Client.Source,
        reason: String
    ) throws {
        let announced = try named.map { Peer.Announced.client(try #require(ClientAddress($0))) } ?? .nobody
        let client = try client(peer("10.0.0.1", announced), lines)
        #expect(client.address?.text == address)
        #expect(client.source == source)
        #expect(client.reason == reason)
    }

    @Test func anUnknownPeerIsNotTrusted() throws {
        let client = try client(Peer(.unknown), ["6.6.6.6"])
        #expect(client.address == nil)
        #expect(client.source == .peer)
    }
}
