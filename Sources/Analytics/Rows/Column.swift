/// A column of the rows that are stored.
///
/// The list of a row's columns is the one description of it: the packed form in spools and between servers, the COPY
/// into the table and the line of NDJSON follow from it.
package struct Column<Row>: Sendable {
    /// The kind of the values, which decides their form everywhere.
    package enum Kind: Sendable, Equatable {
        /// A `timestamptz`, to the millisecond.
        case time
        case smallint
        case integer
        case bigint
        /// A `numeric` with six digits behind the point.
        case amount
        case text
        /// A text that is JSON, a `jsonb` in the table.
        case json
        /// A reference to an entry of a dictionary.
        case entry(DictionaryKind)
    }

    /// The name of the column in the table; nil if the table has no such column.
    package let name: String?
    /// The name in a line of NDJSON.
    package let field: String
    package let kind: Kind
    /// The first layout that has the column (`StoredLayout`).
    package let since: UInt8
    package let value: @Sendable (Row) -> ColumnValue
    /// Sets the value of a row that is being decoded; throws `MalformedRow` for one that no row has.
    let set: @Sendable (inout Row, ColumnValue) throws(MalformedRow) -> Void

    init(
        _ name: String?,
        field: String? = nil,
        _ kind: Kind,
        since: UInt8 = StoredLayout.firstOfColumns,
        _ value: @escaping @Sendable (Row) -> ColumnValue,
        set: @escaping @Sendable (inout Row, ColumnValue) throws(MalformedRow) -> Void
    ) {
        self.name = name
        self.field = field ?? name ?? ""
        self.kind = kind
        self.since = since
        self.value = value
        self.set = set
    }
}

/// A row of a table, described by its columns.
package protocol StoredRow: Sendable {
    static var table: String { get }
    var site: SiteID { get }
    /// The columns, in the order of the packed form; new ones are added at the end.
    static var columns: [Column<Self>] { get }
    /// The row that decoding begins with.
    static var blank: Self { get }
}

/// Packed bytes are damaged.
package struct MalformedRow: Error {
    package init() {}
}
