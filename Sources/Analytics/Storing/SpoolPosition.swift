/// A position in a spool, before which everything has been delivered.
package struct SpoolPosition: Hashable, Comparable, Sendable {
    /// The start of the record, in bytes since the creation of the spool.
    package let record: Int
    /// The delivered part of the record: its number of events without a key, plus its number of entries with one.
    package let part: Int

    package init(record: Int, part: Int = 0) {
        self.record = record
        self.part = part
    }

    package static func < (first: SpoolPosition, second: SpoolPosition) -> Bool {
        (first.record, first.part) < (second.record, second.part)
    }
}
