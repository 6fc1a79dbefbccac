/// The elements of a line of `Forwarded` (RFC 7239, section 4): pairs with semicolons between, such as
/// `for="[2001:db8::1]:80";proto=https`.
enum ForwardedElements {
    private static let quote = UInt8(ascii: "\"")
    private static let backslash = UInt8(ascii: "\\")

    /// Gives the address that each element has for the client, from right to left, until `take` returns false.
    ///
    /// A malformed element names no address. So a quote that a client has left open, and that swallows the elements
    /// which proxies append, hides the client but makes nothing up: the last element is malformed then.
    ///
    /// - Returns: False if `take` has returned false.
    static func walk(_ line: Span<UInt8>, _ take: (ClientAddress?) -> Bool) -> Bool {
        parts(of: line, 0..<line.count, between: UInt8(ascii: ",")).reversed().allSatisfy { element in
            element.isEmpty || take(address(line, element))
        }
    }

    /// The address in the pair `for` of an element; nil if there is none, and if any pair is malformed.
    private static func address(_ line: Span<UInt8>, _ element: Range<Int>) -> ClientAddress? {
        var node: [UInt8]?
        for pair in parts(of: line, element, between: UInt8(ascii: ";")) where !pair.isEmpty {
            guard let (name, value) = split(line, pair) else { return nil }
            guard isFor(line.extracting(name)) else { continue }
            // No parameter may occur twice.
            guard node == nil else { return nil }
            node = value
        }
        return node.flatMap { ClientAddress(node: $0.span) }
    }

    /// The parts between separators that are not quoted, without blanks at their ends.
    private static func parts(of line: Span<UInt8>, _ range: Range<Int>, between separator: UInt8) -> [Range<Int>] {
        var parts: [Range<Int>] = []
        var start = range.lowerBound
        var isQuoted = false
        var index = start
        while index < range.upperBound {
            switch line[index] {
            case quote: isQuoted.toggle()
            case backslash where isQuoted: index += 1
            case separator where !isQuoted:
                parts.append(line.trimmed(start..<index))
                start = index + 1
            default: break
            }
            index += 1
        }
        parts.append(line.trimmed(start..<range.upperBound))
        return parts
    }

    /// The name and the value of a pair; nil if it is malformed.
    private static func split(_ line: Span<UInt8>, _ pair: Range<Int>) -> (name: Range<Int>, value: [UInt8])? {
        guard let equals = line.firstIndex(of: UInt8(ascii: "="), from: pair.lowerBound), equals < pair.upperBound,
            isToken(line.extracting(pair.lowerBound..<equals)),
            let value = value(line.extracting(equals + 1..<pair.upperBound))
        else { return nil }
        return (pair.lowerBound..<equals, value)
    }

    /// The content of a value: a quoted string, or any visible characters without a quote.
    private static func value(_ text: Span<UInt8>) -> [UInt8]? {
        guard text.count > 0, text[0] == quote else {
            for index in text.indices where text[index] == quote || !(0x21...0x7E).contains(text[index]) { return nil }
            return text.indices.map { text[$0] }
        }
        var content: [UInt8] = []
        var index = 1
        while index < text.count, text[index] != quote {
            if text[index] == backslash { index += 1 }
            guard index < text.count else { return nil }
            content.append(text[index])
            index += 1
        }
        // The quote that ends it must be the last character.
        return index == text.count - 1 ? content : nil
    }

    private static func isToken(_ name: Span<UInt8>) -> Bool {
        for index in name.indices where !name[index].isTokenCharacter { return false }
        return name.count > 0
    }

    private static func isFor(_ name: Span<UInt8>) -> Bool {
        name.count == 3 && name[0] | 0x20 == UInt8(ascii: "f") && name[1] | 0x20 == UInt8(ascii: "o")
            && name[2] | 0x20 == UInt8(ascii: "r")
    }
}
