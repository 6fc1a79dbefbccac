package import NIOCore

/// A JSON value that keeps the order of its members, for human readers.
package indirect enum JSON: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case number(Int)
    case real(Double)
    case bool(Bool)
    /// A text that is JSON already.
    case raw(String)
    case text(String)
    case array([JSON])
    case object(Members)

    /// The members of an object in the order in which they are written; those without a value are left out.
    package struct Members: Sendable, ExpressibleByDictionaryLiteral {
        fileprivate let pairs: [(String, JSON?)]

        package init(_ pairs: [(String, JSON?)]) { self.pairs = pairs }
        package init(dictionaryLiteral pairs: (String, JSON?)...) { self.pairs = pairs }
    }

    package init(stringLiteral value: String) { self = .text(value) }
    package init(integerLiteral value: Int) { self = .number(value) }

    /// The value as text.
    package var description: String {
        switch self {
        case .number(let number): "\(number)"
        case .real(let number): number.isFinite ? "\(number)" : "null"
        case .bool(let value): value ? "true" : "false"
        case .raw(let text): text
        case .text(let text): Self.quoted(text)
        case .array(let elements): "[" + elements.map(\.description).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.pairs.compactMap { key, value in value.map { "\(Self.quoted(key)):\($0.description)" } }
                .joined(separator: ",") + "}"
        }
    }

    package var buffer: ByteBuffer { ByteBuffer(string: description) }

    /// A quoted text, with quotes, backslashes and control characters escaped (RFC 8259).
    private static func quoted(_ text: String) -> String {
        var quoted = "\""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{0}"..<" ":
                let digits = String(scalar.value, radix: 16)
                quoted += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
            default: quoted.unicodeScalars.append(scalar)
            }
        }
        return quoted + "\""
    }
}
