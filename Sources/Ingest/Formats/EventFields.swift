import Analytics

/// The ranges of an event's fields in the received bytes, nothing of which is copied.
package struct EventFields: Sendable {
    package var timestamp: FieldValue?
    package var user: FieldValue?
    package var event: FieldValue?
    /// The name of the site; only that of a query counts.
    package var site: FieldValue?
    /// A key; only that of a query counts.
    package var key: FieldValue?

    /// True if none of the three fields was found.
    package var isEmpty: Bool { timestamp == nil && user == nil && event == nil }

    package init() {}

    /// Stores a value under its key; the first of a repeated key counts, unknown keys are ignored.
    ///
    /// Of the fields only the timestamp may be a JSON number.
    package mutating func note(_ value: FieldValue, key: Span<UInt8>) {
        if timestamp == nil, key.equals("timestamp") {
            timestamp = value.numberAsText
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
