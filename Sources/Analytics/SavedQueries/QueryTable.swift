/// The answer to a question in SQL.
package struct QueryTable: Hashable, Sendable {
    /// A column; several may have the same name.
    package struct Column: Hashable, Sendable {
        /// The kind of values, as far as their form depends on it.
        package enum Kind: Sendable {
            case number, time, date, other
        }

        package let name: String
        package let kind: Kind

        package init(_ name: String, _ kind: Kind = .other) {
            self.name = name
            self.kind = kind
        }
    }

    package indirect enum Value: Hashable, Sendable {
        case null
        case flag(Bool)
        /// The digits of a number.
        case number(String)
        case text(String)
        /// A text that is JSON.
        case json(String)
        case list([Value])
    }

    package let columns: [Column]
    package let rows: [[Value]]
    /// True if there are more rows than the limit lets through.
    package let isTruncated: Bool
    /// The time that the database took, and the reading of its answer.
    package let duration: Duration

    package init(columns: [Column], rows: [[Value]], isTruncated: Bool = false, duration: Duration = .zero) {
        self.columns = columns
        self.rows = rows
        self.isTruncated = isTruncated
        self.duration = duration
    }
}
