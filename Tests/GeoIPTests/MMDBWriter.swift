/// A MaxMind DB file in the making.
struct MMDBWriter {
    /// A network and what the file says about it.
    struct Network: Sendable {
        /// The address in network order: 4 or 16 bytes.
        let address: [UInt8]
        let length: Int
        let value: MMDBValue

        init(_ text: String, _ value: MMDBValue) {
            let parts = text.split(separator: "/")
            self.init(octets(String(parts[0])), Int(parts[1]) ?? 0, value)
        }

        init(_ address: [UInt8], _ length: Int, _ value: MMDBValue) {
            self.address = address
            self.length = length
            self.value = value
        }

        /// The network with zero bytes before the address, as IPv4 is in a tree of IPv6.
        func padded(to count: Int) -> Network {
            let missing = count - address.count
            return Network([UInt8](repeating: 0, count: missing) + address, missing * 8 + length, value)
        }
    }

    private enum Record {
        case nothing, node(Int), value(Int)
    }

    var networks: [Network]
    var ipVersion: UInt16 = 6
    var recordSize: UInt16 = 28
    var type = "Test-City"
    var description = "Made up"
    var builtAt: MMDBValue = .uint64(1_700_000_000)
    /// Members of the metadata that replace those of the same name.
    var metadata: [String: MMDBValue] = [:]
    var sharesTexts = false

    init(_ networks: [Network] = []) { self.networks = networks }

    /// The file.
    var bytes: [UInt8] {
        var encoder = MMDBEncoder(sharesTexts: sharesTexts)
        var nodes: [(Record, Record)] = [(.nothing, .nothing)]
        // A longer prefix is put into a shorter one.
        let placed = networks.map { $0.padded(to: ipVersion == 6 ? 16 : 4) }.enumerated()
        for (_, network) in placed.sorted(by: { ($0.element.length, $0.offset) < ($1.element.length, $1.offset) }) {
            let position = encoder.bytes.count
            encoder.append(network.value)
            Self.insert(.value(position), at: network.address, network.length, into: &nodes)
        }
        let tree = nodes.flatMap { node in written(number(of: node.0, nodes.count), number(of: node.1, nodes.count)) }
        return tree + [UInt8](repeating: 0, count: 16) + encoder.bytes + Self.mark + end(nodes: nodes.count)
    }

    static let mark: [UInt8] = [0xAB, 0xCD, 0xEF] + Array("MaxMind.com".utf8)

    private func end(nodes: Int) -> [UInt8] {
        let standard: KeyValuePairs<String, MMDBValue> = [
            "binary_format_major_version": .uint16(2), "binary_format_minor_version": .uint16(0),
            "build_epoch": builtAt, "database_type": .text(type), "description": ["en": .text(description)],
            "ip_version": .uint16(ipVersion), "languages": .array(["en"]), "node_count": .uint32(UInt32(nodes)),
            "record_size": .uint16(recordSize),
        ]
        var encoder = MMDBEncoder()
        encoder.append(7, size: standard.count)
        for (key, value) in standard {
            encoder.append(.text(key))
            encoder.append(metadata[key] ?? value)
        }
        return encoder.bytes
    }

    private static func insert(
        _ record: Record,
        at address: [UInt8],
        _ length: Int,
        into nodes: inout [(Record, Record)]
    ) {
        guard length > 0 else { return nodes[0] = (record, record) }
        var node = 0
        for bit in 0..<length {
            let isRight = address[bit / 8] >> (7 - bit % 8) & 1 == 1
            let here = isRight ? nodes[node].1 : nodes[node].0
            let next: Record
            if bit == length - 1 {
                next = record
            } else if case .node = here {
                next = here
            } else {
                nodes.append((here, here))
                next = .node(nodes.count - 1)
            }
            if isRight { nodes[node].1 = next } else { nodes[node].0 = next }
            if case .node(let index) = next { node = index }
        }
    }

    private func number(of record: Record, _ count: Int) -> UInt {
        switch record {
        case .nothing: UInt(count)
        case .node(let index): UInt(index)
        case .value(let position): UInt(count + 16 + position)
        }
    }

    private func written(_ left: UInt, _ right: UInt) -> [UInt8] {
        switch recordSize {
        case 24: MMDBEncoder.bigEndian(left, 3) + MMDBEncoder.bigEndian(right, 3)
        case 28:
            MMDBEncoder.bigEndian(left & 0xFF_FFFF, 3) + [UInt8((left >> 24) << 4 | right >> 24)]
                + MMDBEncoder.bigEndian(right & 0xFF_FFFF, 3)
        default: MMDBEncoder.bigEndian(left, 4) + MMDBEncoder.bigEndian(right, 4)
        }
    }
}

/// The bytes of an address: `1.2.3.4`, or groups of IPv6 with `::` and perhaps an IPv4 address at the end.
func octets(_ text: String) -> [UInt8] {
    guard text.contains(":") else { return text.split(separator: ".").map { UInt8($0) ?? 0 } }
    let sides = text.split(separator: "::", omittingEmptySubsequences: false).map { side in
        side.split(separator: ":").flatMap { group -> [UInt8] in
            guard !group.contains(".") else { return octets(String(group)) }
            let number = UInt16(group, radix: 16) ?? 0
            return [UInt8(number >> 8), UInt8(number & 0xFF)]
        }
    }
    guard sides.count == 2 else { return sides[0] }
    return sides[0] + [UInt8](repeating: 0, count: 16 - sides[0].count - sides[1].count) + sides[1]
}
