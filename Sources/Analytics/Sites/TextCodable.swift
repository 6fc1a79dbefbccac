/// A value that is coded as its text, which not every text is.
package protocol TextCodable: Codable {
    /// A name of what the texts are, for errors.
    static var kind: String { get }
    var text: String { get }
    init?(_ text: String)
}

extension TextCodable {
    package init(from decoder: any Decoder) throws {
        guard let value = Self(try decoder.singleValueContainer().decode(String.self)) else {
            throw DecodingError.dataCorrupted(
                DecodingError.Context(codingPath: decoder.codingPath, debugDescription: "not \(Self.kind)")
            )
        }
        self = value
    }

    package func encode(to encoder: any Encoder) throws {
        var value = encoder.singleValueContainer()
        try value.encode(text)
    }
}
