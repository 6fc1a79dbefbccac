import Analytics
import Columns
import Zlib

/// The stored form of a part: its bytes as gzip, whose checksum tells damaged ones.
struct PackedPart {
    /// The most bytes of a part, by which damaged ones cannot take all memory.
    private static let limit = 1 << 30

    let data: [UInt8]

    init(_ data: [UInt8]) { self.data = data }

    /// - Returns: nil if there is no memory for it, or if the part is too large to be stored.
    init?(_ part: Part, _ texts: SiteTexts) {
        let bytes = part.packed(texts.lexicon) { texts.id(of: $1, in: $0) }
        guard bytes.count <= Self.limit, let data = gzipped(bytes, effort: .least) else { return nil }
        self.data = data
    }

    /// The part; nil if the bytes are damaged, or of another format.
    ///
    /// - Parameter texts: Gets the ids that the part names.
    /// - Returns: The part.
    func part(_ texts: SharedTexts) -> Part? {
        guard let bytes = gunzipped(data, limit: Self.limit) else { return nil }
        return try? Part(
            packed: bytes,
            code: { dictionary, id in texts.withLock { $0.code(of: id, in: dictionary) } },
            currency: { text in texts.withLock { $0.currencies.code(of: text) } }
        )
    }
}
