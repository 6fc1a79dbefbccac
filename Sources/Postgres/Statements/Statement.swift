/// A question or command that the server knows by its SQL, with the types of what goes in and what comes out.
///
/// It is prepared on a connection when it is first executed there.
package protocol Statement: Sendable {
    /// One row of the result.
    associatedtype Row: Sendable

    static var sql: String { get }
    var parameters: Parameters { get }
    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row
}

extension Statement where Row == Void {
    /// A command that answers no rows.
    package static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) {}
}
