/// The start of a visit and its visitor, which no two visits of a site have in common.
///
/// Keys are ordered by start, and those of one millisecond by visitor.
package struct VisitKey: Hashable, Comparable, Sendable {
    package let start: Timestamp
    package let visitor: Visitor

    package init(start: Timestamp, visitor: Visitor) { (self.start, self.visitor) = (start, visitor) }

    package static func < (first: VisitKey, second: VisitKey) -> Bool {
        first.start != second.start
            ? first.start < second.start : first.visitor.rawValue < second.visitor.rawValue
    }

    /// The key as text, of characters that need no encoding in a URL.
    package var text: String { "\(visitor.hexadecimal)-\(start.milliseconds)" }

    /// Reads a text; nil if it is none that `text` makes.
    ///
    /// - Parameter text: The visitor in 16 hexadecimal digits, and the start in milliseconds since 1970.
    package init?(_ text: String) {
        let parts = text.split(separator: "-", omittingEmptySubsequences: false)
        guard parts.count == 2, let visitor = UInt64(parts[0], radix: 16), let start = Int(parts[1]),
            (0...Timestamp.latest.milliseconds).contains(start)
        else { return nil }
        self.init(start: Timestamp(milliseconds: start), visitor: Visitor(rawValue: visitor))
        // Another spelling is another address of the same page.
        guard self.text == text else { return nil }
    }
}
