import Analytics

/// Where the fields of an event lie in the bytes that came in, before anything is copied.
package struct EventFields: Sendable {
    /// How a value is written.
    package enum Coding: Sendable {
        case plain
        /// `+` is a blank, `%2B` a plus.
        case form
        /// With backslashes, without the quotes around it.
        case json
        /// With doubled quotes, without the quotes around it.
        case csv
        /// Something that no text can be read from, such as a JSON array.
        case notText
    }

    package struct Value: Sendable {
        package let range: Range<Int>
        package let coding: Coding

        package init(_ range: Range<Int>, _ coding: Coding) {
            self.range = range
            self.coding = coding
        }
    }

    package var timestamp: Value?
    package var user: Value?
    package var event: Value?

    /// True if none of the three was found.
    package var isEmpty: Bool { timestamp == nil && user == nil && event == nil }

    package init() {}

    /// Notes a value under its key; the first of a repeated key wins, unknown keys are ignored.
    package mutating func note(_ value: Value, key: Span<UInt8>) {
        if timestamp == nil, key.equals("timestamp") {
            timestamp = value
        } else if user == nil, key.equals("user") {
            user = value
        } else if event == nil, key.equals("event") {
            event = value
        }
    }
}
