/// A one-dimensional array without NULLs, in PostgreSQL's binary format.
package struct PostgresArray: PostgresEncodable {
    /// The type of the elements; the raw value is its oid (`pg_type.dat` of PostgreSQL).
    package enum Element: Int32, Sendable {
        case smallint = 21
        case bigint = 20
        case integer = 23
        case text = 25
        case timestamptz = 1184
    }

    private let element: Element
    private var count: Int32 = 0
    private var elements: [UInt8] = []

    package init(of element: Element) {
        self.element = element
    }

    /// An array of bigints.
    package init(_ numbers: some Sequence<Int>) {
        self.init(of: .bigint)
        for number in numbers { append(number) }
    }

    /// An array of integers.
    package init(_ numbers: some Sequence<Int32>) {
        self.init(of: .integer)
        for number in numbers { append(number) }
    }

    /// An array of texts.
    package init(_ texts: some Sequence<String>) {
        self.init(of: .text)
        for text in texts { append(text) }
    }

    /// Appends a bigint, or a timestamptz in microseconds since 2000-01-01T00:00:00Z.
    package mutating func append(_ value: Int) {
        elements.appendField(value)
        count += 1
    }

    /// Appends an integer.
    package mutating func append(_ value: Int32) {
        elements.appendField(value)
        count += 1
    }

    /// Appends a smallint.
    package mutating func append(_ value: Int16) {
        elements.appendField(value)
        count += 1
    }

    /// Appends a text.
    package mutating func append(_ value: String) {
        elements.appendField(value)
        count += 1
    }

    /// Appends the header (dimensions, NULL flag, element type; length and first index of the dimension) and the elements.
    package func encode(into bytes: inout [UInt8]) {
        let dimensions: [Int32] = count == 0 ? [0, 0, element.rawValue] : [1, 0, element.rawValue, count, 1]
        for field in dimensions { field.encode(into: &bytes) }
        bytes += elements
    }
}
