/// A prepared SQL statement with typed parameters and rows.
///
/// It is prepared on each connection when it is first executed there.
package protocol Statement: Sendable {
    /// One row of the result.
    associatedtype Row: Sendable

    static var sql: String { get }
    var parameters: Parameters { get }
    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row
}

extension Statement where Row == Void {
    /// Decodes nothing, for commands that return no rows.
    package static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) {}
}
