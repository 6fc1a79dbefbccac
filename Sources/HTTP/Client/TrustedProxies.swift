/// The proxies that are believed what they say about their clients.
package struct TrustedProxies: Sendable {
    /// An entry that cannot be understood.
    package struct Malformed: Error, Equatable {
        package let entry: String
        /// The reason, to follow the entry: "is no address".
        package let reason: String
    }

    private static let words: [String: [String]] = [
        "loopback": ["127.0.0.0/8", "::1"],
        // RFC 1918 and RFC 4193.
        "private": ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "fc00::/7"],
        "unix": [],
    ]

    /// The entries as they were given.
    package private(set) var entries: [String] = []
    private var blocks: [AddressBlock] = []
    private var includesUnix = false

    /// No proxies.
    package init() {}

    /// Parses addresses, blocks such as `10.0.0.0/8` and the words `loopback`, `private` and `unix`, with commas between.
    package init(parsing text: String) throws(Malformed) {
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            try add(String(part.drop { $0 == " " }.reversed().drop { $0 == " " }.reversed()))
        }
    }

    private mutating func add(_ entry: String) throws(Malformed) {
        guard !entry.isEmpty else { throw Malformed(entry: entry, reason: "is empty") }
        for text in Self.words[entry] ?? [entry] {
            do throws(AddressBlock.Malformed) { blocks.append(try AddressBlock(parsing: text)) } catch {
                throw Malformed(entry: entry, reason: error.reason)
            }
        }
        if entry == "unix" { includesUnix = true }
        entries.append(entry)
    }

    package var isEmpty: Bool { entries.isEmpty }

    func contains(_ address: ClientAddress) -> Bool { blocks.contains { $0.contains(address) } }

    /// True for the other end of a connection that speaks for its clients.
    ///
    /// With a PROXY header that is the client that it names; one without an address may be anybody.
    func contains(_ peer: Peer) -> Bool {
        switch (peer.announced, peer.socket) {
        case (.client(let address), _), (nil, .address(let address)): contains(address)
        case (nil, .unix): includesUnix
        case (nil, .unknown), (.nobody, _): false
        }
    }
}

extension AddressBlock.Malformed {
    fileprivate var reason: String {
        switch self {
        case .notAnAddress: "is no address"
        case .length(let most): "has no length from 0 to \(most) behind the slash"
        case .bitsBehindPrefix(let block): "has bits behind its prefix, other than \(block.text)"
        }
    }
}
