import Analytics
import Crypto
import FoundationEssentials

/// The number of bytes of a digest that are kept: that of a `uuid`.
private let digestCount = 16

extension HitID {
    /// The first 16 bytes of the SHA-256 of the text.
    var digest: [UInt8] { Array(SHA256.hash(data: Array(text.utf8)).prefix(digestCount)) }
}

extension DictionaryEntry {
    /// The first 16 bytes of the SHA-256 of the text, or of the packed texts.
    var digest: [UInt8] {
        var bytes: [UInt8] = []
        if kind.fields == nil, let text = texts.first ?? nil {
            bytes += text.utf8
        } else {
            PackedRows.append(texts, to: &bytes)
        }
        return Array(SHA256.hash(data: bytes).prefix(digestCount))
    }
}

extension UUID {
    /// Takes 16 bytes; further ones are ignored, and missing ones are zero.
    init(digest: [UInt8]) {
        func byte(_ index: Int) -> UInt8 { index < digest.count ? digest[index] : 0 }
        self.init(
            uuid: (
                byte(0), byte(1), byte(2), byte(3), byte(4), byte(5), byte(6), byte(7),
                byte(8), byte(9), byte(10), byte(11), byte(12), byte(13), byte(14), byte(15)
            )
        )
    }
}
