/// A one-dimensional array in PostgreSQL's binary format.
package struct PostgresArray: PostgresEncodable {
    private let element: PostgresType
    private var count: Int32 = 0
    private var hasNulls = false
    private var elements: [UInt8] = []

    package init(of element: PostgresType) {
        self.element = element
    }

    /// An array of values or NULLs, which must be of the type of the elements.
    package init<Value: PostgresEncodable>(of element: PostgresType, _ values: some Sequence<Value?>) {
        self.init(of: element)
        for value in values { append(value) }
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

    /// Appends a value of the type of the elements, or NULL.
    package mutating func append(_ value: (some PostgresEncodable)?) {
        if value == nil { hasNulls = true }
        elements.appendField(value)
        count += 1
    }

    /// Appends the header (dimensions, NULL flag, element type; length and first index of the dimension) and the elements.
    package func encode(into bytes: inout [UInt8]) {
        let type = Int32(bitPattern: element.rawValue)
        let header = count == 0 ? [0, 0, type] : [1, hasNulls ? 1 : 0, type, count, 1]
        for field in header { field.encode(into: &bytes) }
        bytes += elements
    }
}
