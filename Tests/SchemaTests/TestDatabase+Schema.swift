import Postgres
import Support

@testable import Schema

extension TestDatabase {
    func schema() async throws -> SchemaState {
        try await Connection.with(url) { try await SchemaState.state(of: $0) }
    }

    /// Takes the steps of this program one by one, without its views and functions.
    ///
    /// - Parameters:
    ///   - last: The last step that the database has.
    ///   - body: Called after each step with its title.
    /// - Throws: The error of a step or of `body`.
    func takeSteps(after last: Int, _ body: (String) async throws -> Void) async throws {
        try await Connection.with(url, setup: "SET search_path = hourglass, public; SET statement_timeout = 0") {
            connection in
            try await connection.transaction { try $0.run(Migration.bootstrap) }
            for step in Migration.steps(for: flavour) where step.number > last {
                if step.isOnline {
                    try await Migrator.work(on: step, flavour, connection) { _ in }
                } else {
                    try await Migrator.apply(step, flavour, connection)
                }
                try await body(step.title)
            }
        }
    }

    /// The rows of a query as the superuser sees them, their values separated by blanks.
    func lines(_ query: String) async throws -> [String] {
        try await Connection.with(url, setup: "SET search_path = hourglass, public;") { connection in
            try await connection.values(query).map { $0.map { $0 ?? "NULL" }.joined(separator: " ") }
        }
    }

    /// The whole schema and the rows that migrations write, a line for each property.
    ///
    /// The properties are owners, columns, constraints, indexes, functions with their texts, views and grants.
    func description() async throws -> [String] {
        let timescaledb = flavour == .timescaledb ? Self.timescaleCatalog : []
        let lines = try await lines((Self.catalog + timescaledb).joined(separator: ";"))
        // The partitions depend on the events that were stored.
        return lines.filter { !$0.contains("event_20") }
    }

    private static let ours = "IN ('hourglass'::regnamespace, 'hourglass_read'::regnamespace)"

    private static let catalog = [
        """
        SELECT 'schema', nspname, nspowner::regrole, acl(nspacl) FROM pg_namespace WHERE oid \(ours) ORDER BY nspname
        """,
        """
        SELECT 'relation', oid::regclass::text COLLATE "C" AS name, relkind, relowner::regrole, reloptions, acl(relacl),
               pg_get_partkeydef(oid), pg_get_viewdef(oid)
          FROM pg_class WHERE relnamespace \(ours) ORDER BY name
        """,
        """
        SELECT 'column', c.oid::regclass::text COLLATE "C" AS name, a.attnum, a.attname, format_type(a.atttypid, a.atttypmod),
               a.attnotnull, a.attidentity, a.attcollation::regcollation, pg_get_expr(d.adbin, d.adrelid), acl(a.attacl)
          FROM pg_attribute AS a
          JOIN pg_class AS c ON c.oid = a.attrelid
          LEFT JOIN pg_attrdef AS d ON (d.adrelid, d.adnum) = (c.oid, a.attnum)
         WHERE c.relnamespace \(ours) AND a.attnum > 0 AND c.relkind <> 'i' ORDER BY name, a.attnum
        """,
        """
        SELECT 'constraint', conrelid::regclass::text COLLATE "C" AS name, conname, pg_get_constraintdef(oid)
          FROM pg_constraint WHERE connamespace \(ours) ORDER BY name, conname
        """,
        """
        SELECT 'index', pg_get_indexdef(indexrelid) COLLATE "C" AS text
          FROM pg_index JOIN pg_class ON oid = indexrelid WHERE relnamespace \(ours) ORDER BY text
        """,
        """
        SELECT 'function', oid::regprocedure::text COLLATE "C" AS name, proowner::regrole, acl(proacl),
               pg_get_functiondef(oid)
          FROM pg_proc WHERE pronamespace \(ours) ORDER BY name
        """,
        "SELECT 'rows', to_jsonb(site) - 'uuid' - 'created_at', retention.* FROM hourglass.site, hourglass.retention",
    ].map { text in
        // The order of the grants in an ACL means nothing, so they are sorted.
        text.replacing(/acl\(([a-z.]+)\)/) { match in
            "(SELECT string_agg(item::text, ' ' ORDER BY item::text) FROM unnest(\(match.1)) AS item)"
        }
    }

    private static let timescaleCatalog = [
        "SELECT 'hypertable', hypertable_name, compression_enabled FROM timescaledb_information.hypertables ORDER BY 2",
        """
        SELECT 'dimension', hypertable_name, column_name, time_interval FROM timescaledb_information.dimensions
         ORDER BY 2, 3
        """,
        """
        SELECT 'columnstore', hypertable, segmentby, orderby
          FROM timescaledb_information.hypertable_columnstore_settings ORDER BY 2
        """,
        """
        SELECT 'aggregate', view_name, view_owner, materialized_only, view_definition
          FROM timescaledb_information.continuous_aggregates ORDER BY 2
        """,
        """
        SELECT 'internals', count(*) FROM pg_proc
         WHERE pronamespace IN ('_timescaledb_functions'::regnamespace, '_timescaledb_internal'::regnamespace)
           AND has_function_privilege('hourglass_read', oid, 'EXECUTE')
        """,
    ]
}
