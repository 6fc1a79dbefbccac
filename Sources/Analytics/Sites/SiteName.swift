/// The name of a site: 1 to 100 of the characters a-z, 0-9, `.`, `_`, `/` and `-`.
package struct SiteName: Hashable, Sendable {
    package let text: String

    package init(parsing bytes: Span<UInt8>) throws(Rejection) {
        guard !bytes.isEmpty else { throw Rejection(.site, .empty) }
        guard bytes.count <= 100 else { throw Rejection(.site, .invalidSite) }
        for index in bytes.indices {
            switch bytes[index] {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "-")...UInt8(ascii: "9"), UInt8(ascii: "_"):
                continue
            default: throw Rejection(.site, .invalidSite)
            }
        }
        text = String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self)
    }
}

extension SiteName: Codable {
    package init(from decoder: any Decoder) throws {
        try self.init(parsing: try decoder.singleValueContainer().decode(String.self).utf8Span.span)
    }

    package func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(text)
    }
}
