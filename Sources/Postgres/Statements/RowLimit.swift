/// The most that is read of the rows of a query.
package struct RowLimit: Hashable, Sendable {
    package let rows: Int
    /// The most bytes of all values as they are sent, with four more for each value.
    ///
    /// A row is received as a whole before it is counted, so the greatest row may exceed it for a moment.
    package let bytes: Int

    package static let none = RowLimit(rows: .max, bytes: .max)

    package init(rows: Int, bytes: Int) {
        self.rows = rows
        self.bytes = bytes
    }

    /// Returns what is left of the limit after another row; nil if that does not fit.
    func reduced(byRowOf size: Int) -> RowLimit? {
        rows > 0 && bytes >= size ? RowLimit(rows: rows - 1, bytes: bytes - size) : nil
    }
}
