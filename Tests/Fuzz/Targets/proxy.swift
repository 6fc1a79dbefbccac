// sources: Sources/HTTP/Client/*.swift

/// The first bytes of a connection by the PROXY protocol, of each version.
func examine(_ bytes: Span<UInt8>) {
    let bytes = bytes.indices.map { bytes[$0] }
    check(bytes)
    check(ProxyHeader.signature1 + bytes)
    check(ProxyHeader.signature2 + bytes)
}

private func check(_ bytes: [UInt8]) {
    do throws(ProxyHeader.Malformed) {
        guard let header = try ProxyHeader(parsing: bytes.span) else {
            precondition(bytes.count < ProxyHeader.limit)
            return
        }
        precondition(header.length > 0 && header.length <= min(bytes.count, ProxyHeader.limit))
        // All of it is needed, and what follows it changes nothing.
        let (alone, less) = (bytes[..<header.length], bytes[..<(header.length - 1)])
        let (same, none) = (try ProxyHeader(parsing: alone.span), try ProxyHeader(parsing: less.span))
        precondition(same == header && none == nil)
        if case .client(let client) = header.announced { precondition(ClientAddress(client.text) == client) }
    } catch {
        // Further bytes mend nothing.
        precondition((try? ProxyHeader(parsing: (bytes + [0x0D, 0x0A]).span)) == nil)
    }
}
