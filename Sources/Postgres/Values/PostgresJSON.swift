/// A JSON text of PostgreSQL's types `json` and `jsonb`, which the server checks.
///
/// A parameter of the type `json` is given as a `String`.
package struct PostgresJSON: Hashable, Sendable {
    package let text: String

    /// The version of the binary format of `jsonb`; no JSON text begins with this character.
    private static let version: UInt8 = 1

    package init(_ text: String) {
        self.text = text
    }
}

extension PostgresJSON: PostgresEncodable, PostgresDecodable {
    /// Appends a jsonb.
    package func encode(into bytes: inout [UInt8]) {
        bytes.append(Self.version)
        text.encode(into: &bytes)
    }

    /// Reads a json or jsonb.
    package init(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError) {
        guard let bytes else { throw PostgresDecodingError(reason: "not a JSON text") }
        let hasVersion = bytes.first == Self.version
        self.init(try String(postgres: UnsafeRawBufferPointer(rebasing: bytes.dropFirst(hasVersion ? 1 : 0))))
    }
}
