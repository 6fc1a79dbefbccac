import ArgumentParser
import Crypto

/// A SHA-256 checksum.
struct Checksum: Equatable, Sendable, ExpressibleByArgument {
    private let bytes: [UInt8]

    init(_ digest: SHA256.Digest) { bytes = Array(digest) }

    /// Reads 64 hexadecimal digits.
    init?(argument: String) {
        let digits = argument.utf8.compactMap { Character(UnicodeScalar($0)).hexDigitValue }
        guard argument.utf8.count == 64, digits.count == 64 else { return nil }
        bytes = stride(from: 0, to: 64, by: 2).map { UInt8(digits[$0] << 4 | digits[$0 + 1]) }
    }

    var text: String {
        bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16) }.joined()
    }
}
