package import Analytics
import Postgres

extension QuerySessions {
    /// The documentation of the views, from the comments in the database.
    ///
    /// - Throws: `QueryError`
    package func documentedColumns() async throws -> [SavedQueries.DocumentedColumn] {
        do {
            return try await signing.withConnection { try await $0.execute(DocumentedColumns()) }
        } catch {
            throw DatabaseFailure(error)?.queryError ?? error
        }
    }
}

/// The columns of the documented views, view by view, with their comments.
private struct DocumentedColumns: Statement {
    static let sql = """
        SELECT class.relname::text, coalesce(obj_description(class.oid, 'pg_class'), ''), attribute.attname::text, \
        format_type(attribute.atttypid, attribute.atttypmod), \
        coalesce(col_description(class.oid, attribute.attnum::integer), '') \
        FROM pg_class AS class JOIN pg_attribute AS attribute ON attribute.attrelid = class.oid \
        WHERE class.relnamespace = 'hourglass_query'::regnamespace AND class.relkind = 'v' AND attribute.attnum > 0 \
        AND NOT attribute.attisdropped ORDER BY class.relname, attribute.attnum
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> SavedQueries.DocumentedColumn {
        let (view, viewText, name, type, text) = try row.decode((String, String, String, String, String).self)
        return SavedQueries.DocumentedColumn(view: view, viewText: viewText, name: name, type: type, text: text)
    }
}
