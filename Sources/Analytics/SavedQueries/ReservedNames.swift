/// Names of functions and catalogs that questions about a site have no use for.
///
/// Nobody may rely on this: what a session may see and do is up to the rights of its login, and to the read-only
/// transaction. But on somebody's own server the rights of PUBLIC are not ours to take: a session may there hold
/// advisory locks, raise its `work_mem`, end the other sessions of its login, and read in the catalogs how much other
/// sites have. This keeps it from that.
enum ReservedNames {
    private static let harmless: Set<String> = [
        "pg_catalog", "pg_typeof", "pg_column_size", "pg_size_pretty", "pg_temp",
    ]
    private static let prefixes = [
        "pg_", "lo_", "dblink", "_timescaledb", "timescaledb_", "txid_", "hourglass", "hypertable_", "chunks_",
        "binary_upgrade_",
    ]
    private static let names: Set<String> = [
        "set_config", "setval", "nextval", "currval", "lastval", "loread", "lowrite", "ts_stat", "ts_rewrite",
        "information_schema", "xmltable", "query_to_xmlschema", "query_to_xml_and_xmlschema", "table_to_xmlschema",
        "table_to_xml_and_xmlschema", "cursor_to_xmlschema", "schema_to_xmlschema", "schema_to_xml_and_xmlschema",
        "database_to_xmlschema", "database_to_xml_and_xmlschema", "approximate_row_count", "show_chunks", "drop_chunks",
        "add_job", "alter_job", "delete_job", "run_job", "crosstab", "connectby", "refuse_row", "current_query",
    ]

    /// True if a name, in lower case unless it was quoted, is not for questions.
    static func contains(_ name: String) -> Bool {
        if harmless.contains(name) { return false }
        return names.contains(name) || name.hasSuffix("_to_xml") || prefixes.contains { name.hasPrefix($0) }
    }
}
