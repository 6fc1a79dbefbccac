/// The columns and rows of a query whose columns were not known before.
package struct PostgresTable: Sendable {
    package let columns: [PostgresColumn]
    package let rows: [[PostgresValue]]
    /// True if the query has more rows than the limit let through.
    package let isTruncated: Bool
}
