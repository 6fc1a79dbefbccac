import Analytics

/// The ranges of an event's fields in the received bytes, nothing of which is copied.
package struct EventFields: Sendable {
    /// The encoding of a value.
    package enum Coding: Sendable {
        case plain
        /// Percent-encoding, with `+` for a space.
        case form
        /// With JSON escapes, without the surrounding quotes.
        case json
        /// With doubled quotes, without the surrounding quotes.
        case csv
        /// A value that is not text, such as a JSON array.
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
    /// The name of the site; only that of a query counts.
    package var site: Value?
    /// A key; only that of a query counts.
    package var key: Value?

    /// True if none of the three fields was found.
    package var isEmpty: Bool { timestamp == nil && user == nil && event == nil }

    package init() {}

    /// Stores a value under its key; the first of a repeated key counts, unknown keys are ignored.
    package mutating func note(_ value: Value, key: Span<UInt8>) {
        if timestamp == nil, key.equals("timestamp") {
            timestamp = value
        } else if user == nil, key.equals("user") {
            user = value
        } else if event == nil, key.equals("event") {
            event = value
        } else if site == nil, key.equals("site") {
            site = value
        } else if self.key == nil, key.equals("key") {
            self.key = value
        }
    }
}
