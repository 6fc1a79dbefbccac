/// A decimal number with six digits behind the point, within ±10¹² (`numeric(18,6)`).
package struct Amount: Hashable, Sendable {
    /// The greatest absolute value, in millionths.
    package static let limit = 999_999_999_999_999_999

    package let millionths: Int

    /// Takes a number of millionths; nil if it is beyond the limit.
    package init?(millionths: Int) {
        guard (-Self.limit...Self.limit).contains(millionths) else { return nil }
        self.millionths = millionths
    }
}

extension Amount: CustomStringConvertible {
    /// The number in decimal digits, without zeros at the end.
    package var description: String {
        let (whole, rest) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
        var text = (millionths < 0 ? "-" : "") + String(whole)
        guard rest > 0 else { return text }
        var digits = String(rest + 1_000_000).dropFirst()
        while digits.last == "0" { digits.removeLast() }
        text += "." + digits
        return text
    }
}
