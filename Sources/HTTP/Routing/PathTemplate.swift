/// The path of a route, in which a name in braces matches any value: `/sites/{site}/keys`, `/t.{hash}.js`.
///
/// A segment has at most one of them.
package struct PathTemplate: Hashable, Sendable, ExpressibleByStringLiteral {
    enum Segment: Hashable, Sendable {
        case literal(String)
        /// A value between fixed texts, which may be empty.
        case parameter(String, before: String, after: String)
    }

    /// The text of the template, which is also its name in metrics and in the description of the API.
    package let text: String
    let segments: [Segment]

    package init(stringLiteral text: String) { self.init(text) }

    package init(_ text: String) {
        self.text = text
        segments = text.split(separator: "/").map(Segment.init)
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
            case .parameter(let name, let before, let after):
                guard part.hasPrefix(before), part.hasSuffix(after), part.count > before.count + after.count,
                    let value = Self.decoded(part.dropFirst(before.count).dropLast(after.count))
                else { return nil }
                values[name] = value
            }
        }
        return values
    }

    /// True if a path matches.
    package func matches(_ path: String) -> Bool { parameters(of: path[...]) != nil }

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

extension PathTemplate.Segment {
    fileprivate init(_ text: Substring) {
        guard let open = text.firstIndex(of: "{"), let close = text[open...].firstIndex(of: "}") else {
            self = .literal(String(text))
            return
        }
        self = .parameter(
            String(text[text.index(after: open)..<close]),
            before: String(text[..<open]),
            after: String(text[text.index(after: close)...])
        )
    }
}
