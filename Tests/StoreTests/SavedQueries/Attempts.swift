/// Statements by which somebody might try to see another site, to change something, or to be in the way of others.
enum Attempts {
    /// Those that would show what belongs to other sites, or secrets, and those that would change something.
    static let reading = [
        "WITH c AS MATERIALIZED (SELECT set_config('hourglass.site', '2', true) AS x) SELECT path FROM c, hit",
        """
        WITH c AS MATERIALIZED (SELECT set_config('hourglass.site', '2:' || pg_backend_pid() || ':9999999999:' \
        || repeat('0', 64), true) AS x) SELECT path FROM c, hit
        """,
        """
        WITH c AS MATERIALIZED (SELECT set_config('hourglass.site', \
        regexp_replace(current_setting('hourglass.site'), '^1:', '2:'), true) AS x) SELECT path FROM c, hit
        """,
        "WITH c AS MATERIALIZED (SELECT set_config('role', 'hourglass_read', true) AS x) SELECT path FROM c, hit",
        """
        WITH c AS MATERIALIZED (SELECT set_config('session_authorization', 'postgres', true) AS x) \
        SELECT path FROM c, hit
        """,
        "WITH c AS MATERIALIZED (SELECT set_config('search_path', 'hourglass', true) AS x) SELECT text FROM c, path",
        "SELECT query_to_xml('SELECT text FROM hourglass.path', true, false, '')",
        "SELECT query_to_xml('SET ROLE hourglass_read; SELECT path FROM hourglass_read.hit', true, false, '')",
        "SELECT database_to_xml(true, false, '')", "SELECT schema_to_xml('hourglass_read', true, false, '')",
        "SELECT table_to_xml('hourglass.path', true, false, '')", "SELECT cursor_to_xml('x', 1, true, false, '')",
        "SELECT * FROM ts_stat('SELECT to_tsvector(text) FROM hourglass.path')",
        "SELECT text FROM hourglass.path", "SELECT path FROM hourglass_read.hit", "SELECT user_id FROM hourglass.event",
        "SELECT secret FROM hourglass.query_secret", "SELECT secret FROM hourglass.site_secret",
        "SELECT hourglass.sign_site(2, pg_backend_pid())", "SELECT hourglass.query_signature('2')",
        "SELECT hourglass.signed_site('postgres')", "SELECT hourglass.registry_document()",
        "SELECT most_common_vals FROM pg_stats WHERE schemaname LIKE 'hourglass%' OR tablename LIKE '_hyper%'",
        "SELECT stavalues1::text FROM pg_statistic", "SELECT rolpassword FROM pg_authid",
        "SELECT query FROM pg_stat_activity WHERE usename <> session_user",
        "SELECT pg_read_file('/etc/passwd')", "SELECT pg_ls_dir('.')", "SELECT lo_import('/etc/passwd')",
        "SELECT * FROM dblink('dbname=postgres', 'SELECT text FROM hourglass.path') AS x (text text)",
        "SELECT path::integer FROM hit WHERE site_id = 2 OR path LIKE 'other%'", "TABLE hourglass.person",
        "SELECT traits FROM person WHERE site_id = 2", "SELECT name FROM site WHERE id <> 1",
    ]

    /// Those that would change something, or be in the way of others.
    static let acting = [
        "SET ROLE hourglass_read", "SET SESSION AUTHORIZATION postgres", "RESET ROLE", "SET statement_timeout = 0",
        "COPY hourglass.path TO STDOUT", "COPY (SELECT 1) TO '/tmp/hourglass-attempt'", "COPY hit FROM PROGRAM 'id'",
        "INSERT INTO hourglass.site (id, name) VALUES (9, 'x')", "DELETE FROM event", "UPDATE site SET name = 'x'",
        "WITH gone AS (DELETE FROM hourglass.hit RETURNING 1) SELECT * FROM gone", "TRUNCATE hourglass.event",
        "CREATE TABLE mine (x integer)", "CREATE TEMP TABLE mine (x integer)", "CREATE SCHEMA mine",
        "CREATE FUNCTION mine() RETURNS integer LANGUAGE sql AS 'SELECT 1'", "SELECT 1 INTO mine",
        "DO $$ BEGIN PERFORM pg_advisory_lock(1); END $$", "SELECT pg_advisory_lock(1)",
        "SELECT pg_advisory_xact_lock_shared(7310293719480301)", "SELECT pg_try_advisory_lock(5215575679192756)",
        "LOCK TABLE hit IN ACCESS EXCLUSIVE MODE", "LOCK TABLE hourglass.border_lock IN SHARE MODE",
        "SELECT path FROM hit FOR UPDATE", "SELECT * FROM site FOR SHARE",
        "SELECT lo_create(0)", "SELECT lo_from_bytea(0, 'x')", "SELECT lo_creat(-1)", "SELECT loread(0, 1)",
        "SELECT pg_notify('x', 'y')", "LISTEN x", "NOTIFY x", "SELECT pg_logical_emit_message(false, 'a', 'b')",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity", "SELECT pg_cancel_backend(1)",
        "SELECT pg_export_snapshot()",
        "SELECT nextval('hourglass.site_id_seq')", "SELECT pg_reload_conf()", "SELECT pg_switch_wal()",
        "EXPLAIN ANALYZE DELETE FROM event", "CALL hourglass.x()", "PREPARE x AS SELECT 1", "DISCARD ALL", "COMMIT",
        "COMMIT; DELETE FROM hourglass.event", "SELECT 1) AS x; DELETE FROM event; SELECT (1", "VACUUM", "CHECKPOINT",
        "SELECT pg_sleep(3600)", "SELECT pg_sleep_for('1 hour')", "BEGIN READ WRITE", "ANALYZE",
        "SET TRANSACTION READ WRITE", "SELECT set_config('transaction_read_only', 'off', true)",
        "SELECT set_config('work_mem', '100GB', false)", "SELECT repeat('x', 50000000)",
        "DECLARE c CURSOR WITH HOLD FOR SELECT 1",
        "WITH RECURSIVE r AS (SELECT 1 AS n UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r",
        "SELECT count(*) FROM generate_series(1, 1000000) AS a, generate_series(1, 1000000) AS b",
    ]
}
