/// The header in which proxies name their clients.
package struct ClientHeader: Hashable, Sendable {
    private enum Form {
        /// A list of addresses; each proxy appends that of its client.
        case forwardedFor
        /// The list of RFC 7239.
        case forwarded
        /// One address.
        case single
    }

    package static let standard = ClientHeader(valid: "X-Forwarded-For")

    package let name: String
    private let form: Form

    /// The header of a name; nil if it cannot be one.
    ///
    /// One that is neither `X-Forwarded-For` nor `Forwarded` contains a single address.
    package init?(_ name: String) {
        guard !name.isEmpty, name.utf8.allSatisfy(\.isTokenCharacter) else { return nil }
        self.init(valid: name)
    }

    private init(valid name: String) {
        self.name = name
        form =
            switch name.lowercased() {
            case "x-forwarded-for": .forwardedFor
            case "forwarded": .forwarded
            default: .single
            }
    }

    /// The client that the header of a trusted proxy names.
    ///
    /// From right to left, as proxies have appended them, entries are believed as long as the previous one is a trusted
    /// proxy too: everything to the left may be made up by a client. An entry without an address ends the list.
    ///
    /// - Parameters:
    ///   - lines: The values of all lines of the header, in order.
    ///   - proxies: The trusted proxies.
    /// - Returns: The client; nil if the last entry names no address.
    func client(in lines: [String], behind proxies: TrustedProxies) -> ClientAddress? {
        var client: ClientAddress?
        /// Takes the next entry; returns false once the walk is over.
        func take(_ entry: ClientAddress?) -> Bool {
            guard let entry else { return false }
            client = entry
            return proxies.contains(entry)
        }
        switch form {
        case .forwardedFor: _ = lines.reversed().allSatisfy { Self.walkList($0.utf8.span, take) }
        case .forwarded: _ = lines.reversed().allSatisfy { ForwardedElements.walk($0.utf8.span, take) }
        case .single: client = lines.count == 1 ? lines.first.flatMap { Self.node($0.utf8.span) } : nil
        }
        return client
    }

    /// Gives the entries of a list from right to left until `take` returns false; returns false in that case.
    ///
    /// Empty entries are none (RFC 9110, section 5.6.1).
    private static func walkList(_ line: Span<UInt8>, _ take: (ClientAddress?) -> Bool) -> Bool {
        var end = line.count
        while true {
            let comma = line.lastIndex(of: UInt8(ascii: ","), before: end)
            let entry = line.trimmed((comma.map { $0 + 1 } ?? 0)..<end)
            if !entry.isEmpty, !take(ClientAddress(node: line.extracting(entry))) { return false }
            guard let comma else { return true }
            end = comma
        }
    }

    private static func node(_ value: Span<UInt8>) -> ClientAddress? {
        ClientAddress(node: value.extracting(value.trimmed(0..<value.count)))
    }
}
