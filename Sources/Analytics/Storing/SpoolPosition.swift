/// A place in a spool: what lies before it has been delivered.
package struct SpoolPosition: Hashable, Comparable, Sendable {
    /// The record, by the number of bytes before it since the spool was made.
    package let record: Int
    /// How much of the record lies before the place: its events without a key, and its entries with one.
    package let part: Int

    package init(record: Int, part: Int = 0) {
        self.record = record
        self.part = part
    }

    package static func < (first: SpoolPosition, second: SpoolPosition) -> Bool {
        (first.record, first.part) < (second.record, second.part)
    }
}
