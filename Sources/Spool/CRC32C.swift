/// The checksum of records: CRC-32C (Castagnoli; RFC 3720, appendix B.4).
enum CRC32C {
    private static let table: [UInt32] = (0..<256).map { number in
        (0..<8).reduce(UInt32(number)) { rest, _ in rest & 1 == 0 ? rest >> 1 : rest >> 1 ^ 0x82F6_3B78 }
    }

    static func checksum(_ bytes: Span<UInt8>) -> UInt32 {
        var rest = UInt32.max
        for index in bytes.indices { rest = rest >> 8 ^ table[Int(UInt8(truncatingIfNeeded: rest) ^ bytes[index])] }
        return ~rest
    }
}
