// sources: Sources/HTTP/Client/*.swift

/// The lines of each header that names clients: what stands left of an address that is not trusted must not count.
func examine(_ bytes: Span<UInt8>) {
    let lines = String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
        .split(separator: "\n", omittingEmptySubsequences: false).map(String.init)
    guard let proxies = try? TrustedProxies(parsing: "loopback,private") else { fatalError("the words are known") }
    for name in ["X-Forwarded-For", "Forwarded", "X-Real-IP"] {
        guard let header = ClientHeader(name) else { fatalError("\(name) is a name") }
        examine(header, lines, proxies)
    }
    for line in lines {
        if let proxies = try? TrustedProxies(parsing: line) {
            precondition((try? TrustedProxies(parsing: proxies.entries.joined(separator: ","))) != nil)
        }
    }
}

private func examine(_ header: ClientHeader, _ lines: [String], _ proxies: TrustedProxies) {
    let client = header.client(in: lines, behind: proxies)
    if let client {
        precondition(ClientAddress(client.text) == client)
        precondition([4, 8].contains(client.prefix.bytes.count))
    }
    guard header != ClientHeader("X-Real-IP") else { return }
    // A proxy appends the address of its peer, as a line or behind a comma, whatever the client sent.
    let added = header == ClientHeader("Forwarded") ? "for=\"[2001:db8::1]:80\";proto=https" : "2001:db8::1"
    let stranger = ClientAddress("2001:db8::1")
    precondition(header.client(in: lines + [added], behind: proxies) == stranger)
    let joined = header.client(in: lines.dropLast() + [(lines.last ?? "") + ", " + added], behind: proxies)
    precondition(joined == stranger || (joined == nil && header == ClientHeader("Forwarded")))
}
