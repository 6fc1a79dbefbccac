/// The functions of PostgreSQL that everybody may call by default, and that people's own SQL could do harm with.
///
/// On a server of our own their rights are taken from PUBLIC. On somebody else's that is not ours to do, and other
/// programs may need them; there a session can hold advisory locks, which nothing but a migration waits for, until its
/// transaction is over.
enum PublicFunctions {
    /// Takes the functions from PUBLIC in the database of the session, which has to be a superuser's.
    static let closing = """
        DO $$
        DECLARE
            callable regprocedure;
        BEGIN
            FOR callable IN
                SELECT oid FROM pg_proc
                 WHERE pronamespace = 'pg_catalog'::regnamespace AND (
                       proname ~ '^(pg_(try_)?advisory_|lo_|pg_sleep|pg_log)' OR proname ~ 'to_xml' OR proname IN (
                           'set_config', 'pg_notify', 'loread', 'lowrite', 'pg_cancel_backend', 'pg_terminate_backend',
                           'pg_export_snapshot', 'ts_stat'
                       )) AND has_function_privilege('hourglass_query', oid, 'EXECUTE')
            LOOP
                EXECUTE format('REVOKE EXECUTE ON FUNCTION %s FROM PUBLIC', callable);
                EXECUTE format('GRANT EXECUTE ON FUNCTION %s TO hourglass_owner', callable);
            END LOOP;
        END
        $$
        """
}
