/// The path of a route, in which a segment in braces matches any value: `/sites/{site}/keys`.
package struct PathTemplate: Hashable, Sendable, ExpressibleByStringLiteral {
    enum Segment: Hashable, Sendable {
        case literal(String)
        case parameter(String)
    }

    /// The text of the template, which is also its name in metrics and in the description of the API.
    package let text: String
    let segments: [Segment]

    package init(stringLiteral text: String) { self.init(text) }

    package init(_ text: String) {
        self.text = text
        segments = text.split(separator: "/").map { segment in
            segment.first == "{" && segment.last == "}"
                ? .parameter(String(segment.dropFirst().dropLast())) : .literal(String(segment))
        }
    }

    var isLiteral: Bool { !segments.contains { if case .parameter = $0 { true } else { false } } }

    /// The values of the parameters of a path, percent-decoded; nil if the path does not match.
    ///
    /// Empty values and paths with empty segments do not match.
    func parameters(of path: Substring) -> [String: String]? {
        let parts = path.dropFirst().split(separator: "/", omittingEmptySubsequences: false)
        guard path.first == "/", parts.count == segments.count else { return nil }
        var values: [String: String] = [:]
        for (segment, part) in zip(segments, parts) {
            switch segment {
            case .literal(let text):
                guard text == part else { return nil }
            case .parameter(let name):
                guard let value = Self.decoded(part), !value.isEmpty else { return nil }
                values[name] = value
            }
        }
        return values
    }

    /// Percent-decodes a segment; returns nil if it is malformed or not UTF-8.
    private static func decoded(_ text: Substring) -> String? {
        guard text.utf8.contains(UInt8(ascii: "%")) else { return String(text) }
        var bytes: [UInt8] = []
        var rest = text.utf8[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "%") else {
                bytes.append(byte)
                continue
            }
            guard let high = rest.popFirst().flatMap(Self.digit), let low = rest.popFirst().flatMap(Self.digit) else {
                return nil
            }
            bytes.append(high << 4 | low)
        }
        return String(validating: bytes, as: UTF8.self)
    }

    private static func digit(_ byte: UInt8) -> UInt8? {
        Character(Unicode.Scalar(byte)).hexDigitValue.flatMap { UInt8(exactly: $0) }
    }
}
