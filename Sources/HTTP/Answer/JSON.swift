package import NIOCore

/// A JSON value that keeps its members in the order in which they were written, for the people who read it.
package indirect enum JSON: Sendable, ExpressibleByStringLiteral, ExpressibleByIntegerLiteral {
    case number(Int)
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
        case .text(let text): Self.quoted(text)
        case .array(let elements): "[" + elements.map(\.description).joined(separator: ",") + "]"
        case .object(let members):
            "{"
                + members.pairs.compactMap { key, value in value.map { "\(Self.quoted(key)):\($0.description)" } }
                .joined(separator: ",") + "}"
        }
    }

    package var buffer: ByteBuffer { ByteBuffer(string: description) }

    /// A text with what RFC 8259 wants escaped: quotes, backslashes and control characters.
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
