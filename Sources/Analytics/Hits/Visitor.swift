/// A person or browser that is counted: 64 bits of a keyed hash, ordered as an unsigned number.
package struct Visitor: RawRepresentable, Hashable, Sendable {
    package let rawValue: UInt64

    package init(rawValue: UInt64) { self.rawValue = rawValue }

    /// The bits in 16 hexadecimal digits.
    package var hexadecimal: String {
        let digits = String(rawValue, radix: 16)
        return String(repeating: "0", count: 16 - digits.count) + digits
    }

    /// The visitor as the user of an event: U+0001 and 16 hexadecimal digits.
    package var user: User { User(stored: "\u{1}" + hexadecimal) }
}
