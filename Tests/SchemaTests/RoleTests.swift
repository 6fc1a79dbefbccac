import Analytics
import Postgres
import Schema
import Store
import Support
import Testing

@Suite(.needsPostgres)
struct RoleTests {
    private static let denied = [
        ("hourglass_ingest", "SELECT FROM event"),
        ("hourglass_ingest", "DELETE FROM event"),
        ("hourglass_ingest", "UPDATE event SET kind = 1"),
        ("hourglass_ingest", "SELECT FROM user_hour"),
        ("hourglass_ingest", "DELETE FROM touched_hour"),
        ("hourglass_ingest", "UPDATE open_hour SET since = now()"),
        ("hourglass_ingest", "SELECT FROM idempotency_key"),
        ("hourglass_ingest", "SELECT FROM spool"),
        ("hourglass_ingest", "UPDATE spool SET record = 0"),
        ("hourglass_ingest", "SELECT FROM batch"),
        ("hourglass_ingest", "SELECT user_id FROM forgetting"),
        ("hourglass_ingest", "SELECT digest FROM forgotten"),
        ("hourglass_ingest", "DELETE FROM forgotten"),
        ("hourglass_ingest", "SELECT FROM kept_hit"),
        ("hourglass_ingest", "SELECT forget_user_step(1)"),
        ("hourglass_ingest", "UPDATE job SET state = 'done'"),
        ("hourglass_ingest", "SELECT FROM arrival"),
        ("hourglass_ingest", "DELETE FROM arrival"),
        ("hourglass_read", "DELETE FROM hourglass.arrival"),
        ("hourglass_read", "SELECT pattern FROM hourglass.goal"),
        ("hourglass_maintain", "UPDATE arrival SET hits = 0"),
        ("hourglass_ingest", "DELETE FROM goal"),
        ("hourglass_read", "SELECT remove_goal('default', 1)"),
        ("hourglass_ingest", "DELETE FROM segment"),
        ("hourglass_ingest", "SELECT FROM note"),
        ("hourglass_read", "SELECT remove_segment('default', 1)"),
        ("hourglass_read", "SELECT FROM notes('default', NULL, NULL)"),
        ("hourglass_ingest", "SELECT digest FROM share"),
        ("hourglass_ingest", "SELECT add_share('default', '', '[]', '')"),
        ("hourglass_ingest", "SELECT password FROM share"),
        ("hourglass_ingest", "SELECT add_guarded_share('default', '', '[]', '', '')"),
        ("hourglass_ingest", "SELECT set_share_password(1, NULL)"),
        ("hourglass_ingest", "CREATE TABLE hourglass.mine (x integer)"),
        ("hourglass_ingest", "DO 'BEGIN LOCK TABLE border_lock IN SHARE MODE; END'"),
        ("hourglass_read", "DO 'BEGIN LOCK TABLE border_lock IN ROW EXCLUSIVE MODE; END'"),
        ("hourglass_read", "DO 'BEGIN LOCK TABLE late_lock IN ACCESS SHARE MODE; END'"),
        ("hourglass_read", "DO 'BEGIN LOCK TABLE partition_lock IN ACCESS SHARE MODE; END'"),
        ("hourglass_read", "SELECT take_maintenance(gen_random_uuid())"),
        ("hourglass_read", "SELECT forget_user(1, 'a', 1)"),
        ("hourglass_read", "SELECT compare_forgotten('{1}', '{a}')"),
        ("hourglass_read", "SELECT FROM hourglass.forgetting"),
        ("hourglass_read", "SELECT FROM hourglass.share"),
        ("hourglass_read", "INSERT INTO event VALUES (now(), 1, 1, 'a')"),
        ("hourglass_read", "DELETE FROM event"),
        ("hourglass_read", "INSERT INTO batch VALUES (gen_random_uuid())"),
        ("hourglass_read", "DELETE FROM touched_hour"),
        ("hourglass_read", "CREATE TABLE hourglass.mine (x integer)"),
        ("hourglass_maintain", "INSERT INTO event VALUES (now(), 1, 1, 'a')"),
        ("hourglass_maintain", "DELETE FROM event"),
        ("hourglass_maintain", "DELETE FROM hit"),
        ("hourglass_maintain", "DELETE FROM person"),
        ("hourglass_maintain", "SELECT forget_user(1, 'a', 1)"),
        ("hourglass_maintain", "UPDATE forgetting SET user_id = 'a'"),
        ("hourglass_maintain", "SELECT begin_dropping_hits(now())"),
        ("hourglass_maintain", "DELETE FROM day_total"),
        ("hourglass_maintain", "UPDATE total_span SET until = 'infinity'"),
        ("hourglass_maintain", "UPDATE retention SET hits_since = 'infinity'"),
        ("hourglass_ingest", "SELECT drop_hits(now())"),
        ("hourglass_ingest", "SELECT close_old_events(1, now())"),
        ("hourglass_read", "SELECT begin_deleting_events(1)"),
        ("hourglass_maintain", "UPDATE site_retention SET events_since = 'infinity'"),
        ("hourglass_ingest", "SELECT hasten_vacuum()"),
        ("hourglass_read", "SELECT hasten_vacuum()"),
        ("hourglass_maintain", "ALTER TABLE site SET (autovacuum_enabled = false)"),
        ("hourglass_ingest", "SELECT close_dates()"),
        ("hourglass_read", "SELECT keep_total(1, 'UTC', now(), now(), 1, 1, 1, 1, 1, 1, 1, 1, 1, true)"),
        ("hourglass_maintain", "DROP TABLE event"),
        ("hourglass_maintain", "CREATE TABLE hourglass.mine (x integer)"),
        ("hourglass_maintain", "UPDATE schema_migration SET checksum = ''"),
        ("hourglass_maintain", "UPDATE schema_file SET checksum = ''"),
    ]

    @Test(arguments: Flavour.allCases)
    func eachRoleIsDeniedWhatItDoesNotNeed(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            for (role, script) in Self.denied {
                let setup = "SET search_path = hourglass; SET ROLE \(role);"
                try await Connection.with(database.url, setup: setup) { connection in
                    let error = await #expect(throws: PostgresError.self, "\(role): \(script)") {
                        try await connection.run(script)
                    }
                    #expect(error?.state == "42501", "\(role): \(script)")
                }
            }
        }
    }

    /// Besides the views, the role may read which steps of the schema and which files have been applied.
    @Test(arguments: Flavour.allCases)
    func whoReadsSeesViewsOnly(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            try await Connection.with(database.url, setup: "SET ROLE hourglass_read;") { connection in
                let readable = try await connection.execute(Readable())
                let tables = Set(
                    readable.filter { !$0.hasPrefix("hourglass_read.") && !$0.hasPrefix("hourglass_query.") }
                )
                #expect(tables == ["hourglass.schema_migration r", "hourglass.schema_file r"])
                #expect(readable.count { $0.hasSuffix(" v") } == readable.count - tables.count)
                #expect(readable.contains("hourglass_read.event v"))
            }
        }
    }

    /// Some internal functions of TimescaleDB 2.28 do not check the rights of their caller (GHSA-hcfx-29v5-2rcw).
    @Test func nobodyCallsTheInternalsOfTheExtension() async throws {
        try await withDatabase(.timescaledb) { database in
            for role in ["hourglass_ingest", "hourglass_read", "hourglass_maintain"] {
                let setup = "SET search_path = hourglass; SET ROLE \(role);"
                try await Connection.with(database.url, setup: setup) { connection in
                    let callable = try await connection.execute(CallableInternals())
                    #expect(callable == [], "\(role)")
                    let error = await #expect(throws: PostgresError.self) {
                        try await connection.run(
                            "SELECT _timescaledb_functions.drop_chunk('event')"
                        )
                    }
                    #expect(error?.state == "42501", "\(role)")
                }
            }
        }
    }

    /// A login that has nothing but the three roles runs the whole store.
    @Test(arguments: Flavour.allCases)
    func aLoginWithTheGrantedRolesIsEnough(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let login = "login_\(database.name)"
            try await database.run("CREATE ROLE \(login) LOGIN NOINHERIT")
            _ = try await Migrator(url: database.url).migrate(login: login)
            let url = database.url + " user=\(login)"
            let store = PostgresStore(url: url)
            _ = try await store.append(.init(entries: [.init(events: [.sample()])]))
            #expect(try await Maintenance.refreshing(database.login(login)).round() == 1)
            #expect(
                try await store.hour(of: .init(rawValue: 1), endingAt: .init(milliseconds: 1_223_567_997_000)).clicks
                    == 1
            )
            store.close()
            try await Connection.with(url) { connection in
                await #expect(throws: PostgresError.self) { try await connection.run("SET ROLE hourglass_owner") }
                await #expect(throws: PostgresError.self) { try await connection.run("SELECT FROM hourglass.event") }
            }
            try await database.run("DROP OWNED BY \(login); DROP ROLE \(login)")
        }
    }

    @Test func aLoginWithoutTheRolesIsToldSo() async throws {
        try await withDatabase(.postgres) { database in
            let login = "stranger_\(database.name)"
            try await database.run("CREATE ROLE \(login) LOGIN")
            let store = PostgresStore(url: database.login(login).url)
            let schema = try await store.schema()
            #expect(schema == .denied)
            #expect(schema.obstacle?.contains("hourglass migrate --login") == true)
            store.close()
            try await database.run("DROP ROLE \(login)")
        }
    }

    @Test func aLoginMustBeAPlainName() async throws {
        try await withDatabase(.postgres) { database in
            for login in ["", "a b", "a\"b", "a;b", "é"] {
                await #expect(throws: Migrator.Failure.self, "\(login)") {
                    try await Migrator(url: database.url).migrate(login: login)
                }
            }
        }
    }
}

/// The tables and views that the session may read or write, with their kinds.
private struct Readable: Statement {
    static let sql = """
        SELECT format('%s.%s %s', n.nspname, c.relname, c.relkind)
          FROM pg_class AS c JOIN pg_namespace AS n ON n.oid = c.relnamespace
         WHERE c.relkind IN ('r', 'p', 'v', 'm', 'f')
           AND (n.nspname LIKE 'hourglass%' OR n.nspname = '_timescaledb_internal' AND c.relname ~ '^_(hyper|materialized)')
           AND has_table_privilege(c.oid, 'SELECT, INSERT, UPDATE, DELETE, TRUNCATE, REFERENCES, TRIGGER')
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}

/// The functions and procedures of the extension's own schemas that the session may call.
private struct CallableInternals: Statement {
    static let sql = """
        SELECT p.oid::regprocedure::text
          FROM pg_proc AS p JOIN pg_namespace AS n ON n.oid = p.pronamespace
         WHERE n.nspname IN ('_timescaledb_functions', '_timescaledb_internal')
           AND has_function_privilege(p.oid, 'EXECUTE')
        """
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}
