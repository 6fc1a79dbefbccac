import GeoIP
import Support
import Testing

/// Look-ups in made-up trees, against the longest prefix found by trying all.
struct SearchTests {
    @Test(arguments: [24, 28, 32] as [UInt16], [4, 6] as [UInt16])
    func theLongestPrefixCounts(recordSize: UInt16, ipVersion: UInt16) async throws {
        var generator = SeededGenerator(seed: UInt64(recordSize * ipVersion))
        for round in 0..<20 {
            let networks = (0..<Int.random(in: 1...60, using: &generator)).map { index in
                Self.network(index, isV4: ipVersion == 4 || index % 3 == 0, &generator)
            }
            var writer = MMDBWriter(networks)
            (writer.recordSize, writer.ipVersion) = (recordSize, ipVersion)
            writer.sharesTexts = round % 2 == 1
            let database = try await open(writer.bytes)
            for _ in 0..<300 {
                let address = Self.address(near: networks, &generator)
                let expected = Self.longest(networks, address, ipVersion: ipVersion)
                #expect(database.record(of: address)?.city == expected, "\(address)")
            }
        }
    }

    private static func name(_ index: Int) -> String { "City \(index)" }

    private static func network(
        _ index: Int,
        isV4: Bool,
        _ generator: inout SeededGenerator
    ) -> MMDBWriter.Network {
        // Few distinct bytes, so that networks contain each other.
        let address = (0..<(isV4 ? 4 : 16)).map { _ in UInt8([0, 1, 0x80, 0xFF].randomElement(using: &generator) ?? 0) }
        let length = Int.random(in: 1...(isV4 ? 32 : 128), using: &generator)
        return .init(address, length, ["city": ["names": ["en": .text(name(index))]]])
    }

    /// An address in one of the networks or just outside.
    private static func address(
        near networks: [MMDBWriter.Network],
        _ generator: inout SeededGenerator
    ) -> [UInt8] {
        guard let network = networks.randomElement(using: &generator) else { return [] }
        var address = network.address
        for bit in max(0, network.length - 2)..<(address.count * 8) where Bool.random(using: &generator) {
            address[bit / 8] ^= 0x80 >> UInt8(bit % 8)
        }
        return address
    }

    private static func longest(_ networks: [MMDBWriter.Network], _ address: [UInt8], ipVersion: UInt16) -> String? {
        let isMapped = address.count == 16 && address.starts(with: [UInt8](repeating: 0, count: 10) + [0xFF, 0xFF])
        let address = isMapped ? Array(address.suffix(4)) : address
        let width = ipVersion == 6 ? 16 : 4
        let padded = [UInt8](repeating: 0, count: max(0, width - address.count)) + address
        var best: (length: Int, name: String)?
        for (index, network) in networks.map({ $0.padded(to: width) }).enumerated() {
            let contains = (0..<network.length).allSatisfy { bit(network.address, $0) == bit(padded, $0) }
            // Of two values for the same network the writer keeps the last.
            if contains, network.length >= best?.length ?? 0 { best = (network.length, name(index)) }
        }
        return best?.name
    }

    private static func bit(_ bytes: [UInt8], _ index: Int) -> UInt8 { bytes[index / 8] >> UInt8(7 - index % 8) & 1 }
}
