import Embedded
import Foundation
import Logging
import NIOHTTP1
import Postgres
import Support
import SystemPackage
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The program with its embedded database: foreign variables, signals during the start, and failed starts.
@Suite(.needsPostgres, .serialized)
struct EmbeddedTests {
    /// Variables for other databases: each alone would keep the server from its own one, or change its behaviour there.
    private static let foreignVariables = [
        "PGPORT=6543", "PGHOST=/nowhere", "PGHOSTADDR=127.0.0.2", "PGSERVICE=none", "PGSERVICEFILE=/nowhere",
        "PGOPTIONS=-c default_transaction_read_only=on", "PGSSLMODE=verify-full", "PGREQUIRESSL=1", "PGDATA=/nowhere",
        "PGPASSFILE=/nowhere", "PGCHANNELBINDING=require", "PGTARGETSESSIONATTRS=standby", "PGTZ=Mars/Phobos",
        "PGCLIENTENCODING=LATIN1", "PGUSER=nobody", "PGDATABASE=nowhere", "PGREQUIREPEER=nobody",
        "PGGSSENCMODE=require", "PGDATESTYLE=nonsense", "PGCONNECT_TIMEOUT=never", "PGSYSCONFDIR=/nowhere",
    ]

    @Test func variablesOfOtherDatabasesDoNotTouchIt() async throws {
        try await withDataDirectory { directory in
            var launch = HourglassProcess.Launch(["--data-dir", directory.string])
            launch.prefix = Self.foreignVariables
            let ended = try await HourglassProcess.with(launch) { server in
                try await HTTPConversation.with(port: server.port) { conversation in
                    let event = "/analytics?timestamp=1223567997&user=a&event=click"
                    #expect(try await conversation.ask(.POST, event).status == 204)
                    let report = try await conversation.ask(.GET, "/analytics?timestamp=1223567997")
                    #expect(report.body == "unique_users,1\nclicks,1\nimpressions,0\n")
                }
            }
            #expect(ended.status == .exited(0))
        }
    }

    @Test func theLimitOfConnectionsFollowsTheSettings() async throws {
        try await withDataDirectory { directory in
            for (writers, expected) in [(4, "50"), (64, "157")] {
                var launch = HourglassProcess.Launch(["--data-dir", directory.string])
                launch.prefix = ["HOURGLASS_WRITERS=\(writers)", "HOURGLASS_READERS=64"]
                if writers == 4 { launch.prefix[1] = "HOURGLASS_READERS=4" }
                _ = try await HourglassProcess.with(launch) { _ in
                    let url = "host=\(directory)/socket user=postgres dbname=postgres"
                    let limits = try await Connection.with(url) { try await $0.execute(ConnectionLimit()) }
                    #expect(limits == [expected])
                }
            }
        }
    }

    /// Other programs read, by TCP and with a password, as long as that is set, and do nothing else.
    @Test func otherProgramsMayReadByTCP() async throws {
        try await withDataDirectory { directory in
            let port = try await freePort()
            let password = "it's a \\ long one"
            var launch = HourglassProcess.Launch(["--data-dir", directory.string])
            launch.prefix = ["HOURGLASS_SQL_PORT=\(port)", "HOURGLASS_SQL_PASSWORD=\(password)"]
            launch.log = { line in #expect(!line.contains("long one")) }
            let url = "host=127.0.0.1 port=\(port) dbname=hourglass user=hourglass_reader target_session_attrs=any"
            let escaped = password.replacing("\\", with: "\\\\").replacing("'", with: "\\'")
            let ended = try await HourglassProcess.with(launch) { server in
                try await HTTPConversation.with(port: server.port) { conversation in
                    let event = "/analytics?timestamp=1223567997&user=a&event=click"
                    let answer = try await conversation.ask(.POST, event)
                    #expect(answer.status == 204)
                }
                let own = "\(url) password='\(escaped)'"
                let count = try await Connection.with(own) { try await $0.execute(CountedEvents()) }
                #expect(count == [1])
                for statement in [
                    "CREATE TABLE own (a int)", "SELECT * FROM hourglass.account", "SELECT pg_advisory_lock(1)",
                    "SET ROLE hourglass_owner",
                    "SET default_transaction_read_only = off; DELETE FROM hourglass.event",
                    "SET default_transaction_read_only = off; CREATE TABLE hourglass_read.own (a int)",
                ] {
                    await #expect(throws: PostgresError.self, "\(statement)") {
                        try await Connection.with(own) { try await $0.run(statement) }
                    }
                }
                await #expect(throws: PostgresError.self) {
                    try await Connection.with("\(url) password=another") { try await $0.run("SELECT") }
                }
                // Nobody else may come in that way.
                let other = url.replacing("hourglass_reader", with: "hourglass")
                await #expect(throws: PostgresError.self) {
                    try await Connection.with("\(other) password='\(escaped)'") { try await $0.run("SELECT") }
                }
                // Commands find the socket, whose name has the port.
                let list = try await HourglassProcess.run(["site", "list", "--data-dir", directory.string])
                #expect(list.status == .exited(0), "\(list.output)")
            }
            #expect(ended.status == .exited(0))
            _ = try await HourglassProcess.with(.init(["--data-dir", directory.string])) { _ in
                let admin = "host=\(directory)/socket user=postgres dbname=hourglass"
                let mayLogIn = try await Connection.with(admin) { try await $0.execute(ReaderMayLogIn()) }
                #expect(mayLogIn == [false])
            }
        }
    }

    /// A signal at any moment of the start stops everything that was started, and the next start succeeds.
    @Test(arguments: [
        ("creating a database", SIGTERM), ("creating a database", SIGHUP), ("started PostgreSQL", SIGINT),
        ("taking schema step", SIGTERM), ("taking schema step", SIGHUP), ("the schema is up to date", SIGTERM),
        ("\"ready\"", SIGHUP),
    ])
    func endsInOrderWhileItStarts(line: String, signal: Int32) async throws {
        try await withDataDirectory { directory in
            let arguments = ["serve", "--port", "0", "--data-dir", directory.string]
            let ended = try await HourglassProcess.run(arguments, at: line, sending: signal)
            #expect(ended.status == .exited(0), "\(ended.log)")
            #expect(ended.log.contains { $0.contains("the server has stopped") })
            expectStopped(directory)
            try await expectStart(directory)
        }
    }

    @Test func migratingEndsInOrderToo() async throws {
        try await withDataDirectory { directory in
            let arguments = ["migrate", "--data-dir", directory.string]
            let ended = try await HourglassProcess.run(arguments, at: "taking schema step", sending: SIGTERM)
            #expect(ended.log.contains { $0.contains("stopped PostgreSQL") }, "\(ended.log)")
            expectStopped(directory)
        }
    }

    /// A server that is started by `nohup` outlives its terminal.
    @Test func anIgnoredHangUpStaysIgnored() async throws {
        try await withDataDirectory { directory in
            var launch = HourglassProcess.Launch(["--data-dir", directory.string])
            launch.prefix = ["nohup"]
            let ended = try await HourglassProcess.with(launch) { server in
                server.send(SIGHUP)
                let answer = try await HTTPConversation.with(port: server.port) { try await $0.ask(.GET, "/healthz") }
                #expect(answer.status == 200)
            }
            #expect(ended.status == .exited(0))
        }
    }

    @Test(arguments: Obstacle.allCases)
    func aStartThatFailsLeavesNothingRunning(obstacle: Obstacle) async throws {
        try await withDataDirectory { directory in
            try await obstacle.put(in: directory)
            let arguments = ["serve", "--data-dir", directory.string, "--port"]
            let ended =
                switch obstacle {
                case .port:
                    try await HourglassProcess.with(["--data-dir", "\(directory)-other"]) { other in
                        try await HourglassProcess.run(arguments + ["\(other.port)"])
                    }.result
                default: try await HourglassProcess.run(arguments + ["0"])
                }
            #expect(ended.status == .exited(1))
            #expect(ended.output.contains(obstacle.message), "\(ended.output)")
            expectStopped(directory)
            // Only the obstacle `port` has another server, and so this directory.
            try? FileManager.default.removeItem(atPath: "\(directory)-other")
        }
    }

    @Test func aMigrationThatFailsLeavesNothingRunning() async throws {
        try await withDataDirectory { directory in
            try await Obstacle.schema.put(in: directory)
            let ended = try await HourglassProcess.run(["migrate", "--data-dir", directory.string])
            #expect(ended.status == .exited(1))
            expectStopped(directory)
        }
    }

    @Test func serviceLinksAreIgnoredWithAWarning() async throws {
        try await withDataDirectory { directory in
            let variable = "HOURGLASS_PORT=tcp://10.0.0.1:80"
            let shown = try await HourglassProcess.run(["config"], prefix: [variable])
            #expect(shown.status == .exited(0))
            #expect(shown.output.contains("HOURGLASS_PORT is ignored: Kubernetes sets it for a service"))
            #expect(
                shown.output.split(separator: "\n").contains { line in
                    line.hasPrefix("port ") && line.contains(" 8080 ") && line.hasSuffix("default")
                }
            )
            let arguments = ["serve", "--data-dir", directory.string]
            let ended = try await HourglassProcess.run(
                arguments,
                prefix: [variable, "PORT=0"],
                at: "\"ready\"",
                sending: SIGTERM
            )
            #expect(ended.status == .exited(0))
            let warnings = ended.log.filter { $0.contains("ignoring a variable that Kubernetes sets") }
            #expect(warnings.count == 1)
            #expect(warnings.first?.contains(#""variable":"HOURGLASS_PORT""#) == true)
        }
    }

    private func expectStart(_ directory: FilePath) async throws {
        let again = try await HourglassProcess.with(["--data-dir", directory.string]) { _ in }
        #expect(again.status == .exited(0))
        expectStopped(directory)
    }
}

private struct ConnectionLimit: Statement {
    static let sql = "SELECT current_setting('max_connections')"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> String {
        try row.decode(String.self)
    }
}

private struct CountedEvents: Statement {
    static let sql = "SELECT count(*) FROM event"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}

private struct ReaderMayLogIn: Statement {
    static let sql = "SELECT rolcanlogin FROM pg_roles WHERE rolname = 'hourglass_reader'"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Bool { try row.decode(Bool.self) }
}
