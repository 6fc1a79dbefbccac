/// The range of a value in the received bytes, and its encoding there.
package struct FieldValue: Sendable {
    /// The encoding of a value.
    package enum Coding: Sendable {
        case plain
        /// Percent-encoding, with `+` for a space.
        case form
        /// With JSON escapes, without the surrounding quotes.
        case json
        /// With doubled quotes, without the surrounding quotes.
        case csv
        /// A JSON number.
        case number
        /// A value that is neither text nor number, such as a JSON array.
        case notText
    }

    package let range: Range<Int>
    package let coding: Coding

    package init(_ range: Range<Int>, _ coding: Coding) {
        self.range = range
        self.coding = coding
    }

    /// The same value, a number as the text of its digits.
    var numberAsText: FieldValue { coding == .number ? FieldValue(range, .plain) : self }
}
