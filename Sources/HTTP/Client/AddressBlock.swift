/// All addresses that begin with the same bits: `10.0.0.0/8`, `fc00::/7`, or a single address.
package struct AddressBlock: Hashable, Sendable {
    /// A text that is no block.
    enum Malformed: Error, Equatable {
        case notAnAddress
        /// The length is no number from 0 to that of an address.
        case length(most: Int)
        /// There are bits behind the prefix; the block that was perhaps meant.
        case bitsBehindPrefix(AddressBlock)
    }

    private let first: ClientAddress
    /// The number of the common bits, of an IPv4 address after mapping.
    private let length: Int

    /// Parses an address, or the first address of a block, a slash and the number of the common bits.
    init(parsing text: some StringProtocol) throws(Malformed) {
        let slash = text.firstIndex(of: "/")
        let written = text[..<(slash ?? text.endIndex)]
        guard let address = ClientAddress(String(written)) else { throw .notAnAddress }
        let most = written.contains(":") ? 128 : 32
        let digits = slash.map { String(text[text.index(after: $0)...]) }
        guard let length = digits.map({ $0.utf8.span.decimal(upTo: most) }) ?? most else {
            throw .length(most: most)
        }
        self.length = length + 128 - most
        first = ClientAddress(bits: address.bits & Self.mask(self.length))
        guard first == address else { throw .bitsBehindPrefix(self) }
    }

    /// Parses a text; nil for one that is no block.
    package init?(_ text: String) {
        do throws(Malformed) { try self.init(parsing: text) } catch { return nil }
    }

    /// True for an address of the same version with the same first bits.
    package func contains(_ address: ClientAddress) -> Bool {
        address.isV4 == first.isV4 && address.bits & Self.mask(length) == first.bits
    }

    private static func mask(_ length: Int) -> UInt128 { ~0 << (128 - length) }

    /// The block in its notation, with the length of its own version.
    var text: String { "\(first.text)/\(first.isV4 ? length - 96 : length)" }
}
