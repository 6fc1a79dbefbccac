import Postgres

/// A table of which more than a third are dead rows, so that autovacuum has not kept up with what was deleted.
///
/// The login of a server cannot vacuum by itself: it does not own the tables.
package struct BloatedTable: Equatable, Sendable {
    /// The name with its schema, quoted as SQL needs it.
    package let name: String
    package let deadRows: Int

    package init(name: String, deadRows: Int) {
        self.name = name
        self.deadRows = deadRows
    }
}

/// Asks for the table with the most dead rows, if it has at least 100,000 and half as many as rows that live.
struct MostBloatedTable: Statement {
    static let sql = """
        SELECT format('%I.%I', schemaname, relname), n_dead_tup
          FROM pg_stat_user_tables
         WHERE n_dead_tup >= 100000 AND n_dead_tup > n_live_tup / 2
         ORDER BY n_dead_tup DESC, relid LIMIT 1
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> BloatedTable {
        let (name, dead) = try row.decode((String, Int).self)
        return BloatedTable(name: name, deadRows: dead)
    }
}
