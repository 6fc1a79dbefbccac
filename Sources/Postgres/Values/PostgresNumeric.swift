/// An exact number of PostgreSQL's type `numeric`, NaN or an infinity.
///
/// It keeps the digits behind the decimal point that it was given, and is equal to numbers that are written alike:
/// 1.0 is not 1.00.
package struct PostgresNumeric: Hashable, Sendable, LosslessStringConvertible {
    /// The number as PostgreSQL writes it: `-12.50`, `NaN`, `Infinity` or `-Infinity`.
    package let description: String

    package static let notANumber = PostgresNumeric(checked: "NaN")
    package static let infinity = PostgresNumeric(checked: "Infinity")
    package static let negativeInfinity = PostgresNumeric(checked: "-Infinity")

    /// The most digits that PostgreSQL stores before and behind the decimal point.
    static let mostDigits = (whole: 131_072, fraction: 16_383)

    /// Makes a number of a text that PostgreSQL would write.
    init(checked text: String) {
        self.description = text
    }

    /// Parses digits with an optional sign and decimal point, `NaN`, `Infinity` or `-Infinity`.
    ///
    /// - Returns: nil for any other text, such as one with an exponent, and for more digits than PostgreSQL stores.
    package init?(_ text: String) {
        if let special = Self.special(text) {
            self = special
            return
        }
        let sign = text.utf8.first.flatMap { ["-", "+"].contains(Unicode.Scalar($0)) ? $0 : nil }
        let digits = text.utf8.dropFirst(sign == nil ? 0 : 1)
        let whole = digits.prefix { $0 != UInt8(ascii: ".") }
        let fraction = digits[whole.endIndex...].dropFirst()
        let isNumber = [whole, fraction].allSatisfy { part in
            part.allSatisfy { UInt8(ascii: "0")...UInt8(ascii: "9") ~= $0 }
        }
        guard isNumber, !whole.isEmpty || !fraction.isEmpty, fraction.count <= Self.mostDigits.fraction else {
            return nil
        }
        let significant = whole.drop { $0 == UInt8(ascii: "0") }
        guard significant.count <= Self.mostDigits.whole else { return nil }
        self.init(isNegative: sign == UInt8(ascii: "-"), whole: Substring(significant), fraction: Substring(fraction))
    }

    private static func special(_ text: String) -> PostgresNumeric? {
        guard text.utf8.last.map({ $0 > UInt8(ascii: "9") }) ?? false else { return nil }
        return [notANumber, infinity, negativeInfinity].first { $0.description == text }
    }

    /// The number `units` · 10^-`scale`: 1 500 000 with a scale of 6 is 1.500000.
    package init(units: Int, scale: UInt8) {
        let digits = String(units.magnitude)
        let padded = String(repeating: "0", count: max(0, Int(scale) + 1 - digits.utf8.count)) + digits
        self.init(isNegative: units < 0, whole: padded.dropLast(Int(scale)), fraction: padded.suffix(Int(scale)))
    }

    private init(isNegative: Bool, whole: Substring, fraction: Substring) {
        let significant = whole.drop { $0 == "0" }
        // Zero has no sign in PostgreSQL.
        let isZero = significant.isEmpty && fraction.utf8.allSatisfy { $0 == UInt8(ascii: "0") }
        let sign = isNegative && !isZero ? "-" : ""
        self.init(
            checked: sign + (significant.isEmpty ? "0" : significant) + (fraction.isEmpty ? "" : ".") + fraction
        )
    }

    /// The number times 10^`scale`: 1.5 with a scale of 6 is 1 500 000.
    ///
    /// - Returns: nil if that is no integer, or none that fits.
    package func units(scale: UInt8) -> Int? {
        guard isFinite else { return nil }
        let parts = description.split(separator: ".")
        let fraction = parts.count == 2 ? parts[1] : ""
        let digits = fraction.prefix(Int(scale))
        guard fraction.dropFirst(Int(scale)).utf8.allSatisfy({ $0 == UInt8(ascii: "0") }) else { return nil }
        return Int(parts[0] + digits + String(repeating: "0", count: Int(scale) - digits.utf8.count))
    }

    /// True if it is neither NaN nor an infinity.
    package var isFinite: Bool { description.utf8.last.map { $0 <= UInt8(ascii: "9") } ?? false }
}
