package import FoundationEssentials

extension UUID {
    /// Makes a random id (RFC 9562, version 4).
    ///
    /// `UUID()` opens and closes a file each time.
    package static func random() -> UUID {
        var generator = SystemRandomNumberGenerator()
        let first = generator.next() & 0xFFFF_FFFF_FFFF_0FFF | 0x4000
        let second = generator.next() & 0x3FFF_FFFF_FFFF_FFFF | 0x8000_0000_0000_0000
        func byte(_ number: UInt64, _ index: UInt64) -> UInt8 { UInt8(number >> (56 - 8 * index) & 0xFF) }
        return UUID(
            uuid: (
                byte(first, 0), byte(first, 1), byte(first, 2), byte(first, 3),
                byte(first, 4), byte(first, 5), byte(first, 6), byte(first, 7),
                byte(second, 0), byte(second, 1), byte(second, 2), byte(second, 3),
                byte(second, 4), byte(second, 5), byte(second, 6), byte(second, 7)
            )
        )
    }
}
