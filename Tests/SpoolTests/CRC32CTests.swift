import Testing

@testable import Spool

struct CRC32CTests {
    /// The examples of RFC 3720, appendix B.4, and the usual check value of `123456789`.
    @Test(
        arguments: [
            ([UInt8](repeating: 0, count: 32), 0x8A91_36AA),
            ([UInt8](repeating: 0xFF, count: 32), 0x62A8_AB43),
            (Array(0..<32), 0x46DD_794E),
            ((0..<32).reversed(), 0x113F_DB5C),
            (Array("123456789".utf8), 0xE306_9283),
            ([], 0),
        ] as [([UInt8], UInt32)]
    )
    func isTheOneOfTheStandard(bytes: [UInt8], checksum: UInt32) {
        #expect(CRC32C.checksum(bytes.span) == checksum)
    }
}
