extension Client {
    /// The reason that this is the client, as a sentence without its period.
    ///
    /// It contains addresses, and so belongs to the client alone.
    package var reason: String {
        guard peer.announced != .nobody else { return "the PROXY header of \(peer.socketText) names no client" }
        let speaker = peer.text
        return switch (headerUse, isPeerTrusted) {
        case (.used, _): "\(speaker) is a trusted proxy, and its header \(header) names the client"
        case (.unusable, _): "\(speaker) is a trusted proxy, but its header \(header) names no client"
        case (.missing, true): "\(speaker) is a trusted proxy, but it sent no header \(header)"
        case (.missing, false): "\(speaker) is not a trusted proxy"
        case (.ignored, _): "\(speaker) is not a trusted proxy, so its header \(header) is ignored"
        }
    }
}

extension Peer {
    /// The other end in words.
    fileprivate var text: String {
        guard case .client(let address) = announced else { return socketText }
        return "\(address.text), which the PROXY header of \(socketText) names,"
    }

    fileprivate var socketText: String {
        switch socket {
        case .address(let address): "the peer \(address.text)"
        case .unix: "the peer, a unix socket,"
        case .unknown: "the peer, whose address is unknown,"
        }
    }
}
