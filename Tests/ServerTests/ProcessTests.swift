import FoundationEssentials
import NIOHTTP1
import Schema
import Store
import Support
import Testing

#if canImport(Glibc)
    import Glibc
#endif

/// The program as a process: its end, and its messages when it cannot start.
@Suite(.needsPostgres)
struct ProcessTests {
    /// SIGTERM under load: every event answered with 204 is stored, and none twice.
    @Test(arguments: Flavour.allCases)
    func anOrderlyEndUnderLoadLosesNothing(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let ended = try await HourglassProcess.with(["--database-url", database.serverURL]) { server in
                try await load(server, until: 300) { server.send(SIGTERM) }
            }
            #expect(ended.status == .exited(0))
            let stored = try await database.count(.events)
            #expect(ended.result.acknowledged >= 300)
            // Events without an answer may be stored or not; all others must be stored.
            #expect((ended.result.acknowledged...ended.result.sent).contains(stored))
        }
    }

    /// SIGKILL under load, several times.
    @Test(arguments: Flavour.allCases)
    func killedServersLoseNothing(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            var acknowledged = 0
            var sent = 0
            for _ in 1...4 {
                let ended = try await HourglassProcess.with(["--database-url", database.serverURL]) { server in
                    try await load(server, until: 200) { server.send(SIGKILL) }
                }
                #expect(ended.status == .killed(by: SIGKILL))
                acknowledged += ended.result.acknowledged
                sent += ended.result.sent
            }
            let stored = try await database.count(.events)
            #expect((acknowledged...sent).contains(stored))
        }
    }

    /// Sends single events over eight connections until the server has ended; performs an action when a number of
    /// events has been acknowledged.
    private func load(
        _ server: HourglassProcess,
        until count: Int,
        then happen: @Sendable @escaping () -> Void
    ) async throws -> (acknowledged: Int, sent: Int) {
        let acknowledged = Counting()
        let sent = Counting()
        await withTaskGroup { group in
            for _ in 0..<8 {
                group.addTask {
                    // The connection breaks when the server ends, which ends this client too.
                    try? await HTTPConversation.with(port: server.port) { conversation in
                        while true {
                            sent.next()
                            let answer = try await conversation.ask(
                                .POST,
                                "/analytics?timestamp=1223567997&user=a&event=click"
                            )
                            guard answer.status == 204 else { return }
                            if acknowledged.next() == count { happen() }
                        }
                    }
                }
            }
        }
        return (acknowledged.value, sent.value)
    }

    @Test func aDatabaseWithoutTheSchemaIsRefused() async throws {
        try await withEmptyDatabase(.postgres) { database in
            let ended = try await HourglassProcess.run(["serve", "--port", "0", "--database-url", database.url])
            #expect(ended.status == .exited(1))
            #expect(
                ended.output.contains("the database is at schema 0 and this program needs 41: run `hourglass migrate`")
            )
            let planned = try await HourglassProcess.run(["migrate", "--plan", "--database-url", database.url])
            #expect(planned.status == .exited(0))
            #expect(planned.output.contains("\n  12 (fingerprint)\n"))
            #expect(planned.output.contains("a matter of seconds"))
            let migrated = try await HourglassProcess.run(["migrate", "--database-url", database.url])
            #expect(migrated.status == .exited(0))
            #expect(migrated.output.contains("12 (fingerprint)"))
            let again = try await HourglassProcess.run(["migrate", "--database-url", database.url])
            #expect(again.output.contains("nothing to do"))
            let plannedAgain = try await HourglassProcess.run(["migrate", "--plan", "--database-url", database.url])
            #expect(plannedAgain.output.contains(": nothing to do"))
        }
    }

    /// Such a login has more rights than a public server should have.
    @Test(arguments: [
        ("SUPERUSER", "is a superuser"), ("IN ROLE hourglass_owner", "may take the role hourglass_owner"),
    ])
    func aPowerfulLoginIsRefused(power: String, message: String) async throws {
        try await withDatabase(.postgres) { database in
            let login = "powerful_\(database.name)"
            try await database.run("CREATE ROLE \(login) LOGIN \(power)")
            try await database.run("GRANT hourglass_ingest, hourglass_read, hourglass_maintain TO \(login)")
            let url = database.login(login).url
            let ended = try await HourglassProcess.run(["serve", "--port", "0", "--database-url", url])
            #expect(ended.status == .exited(1))
            #expect(ended.output.contains("the login '\(login)' \(message)"))
            try await database.run("DROP ROLE \(login)")
        }
    }

    /// With a spool events are accepted before the database is available; then the database is checked.
    @Test func aServerStartsBeforeItsDatabase() async throws {
        try await withScratch { spool in
            try await withDatabase(.postgres) { database in
                try await database.breakConnections(allow: false)
                var launch = HourglassProcess.Launch(["--database-url", database.serverURL])
                launch.prefix = ["HOURGLASS_SPOOL=\(spool)"]
                let ended = try await HourglassProcess.with(launch) { server in
                    try await HTTPConversation.with(port: server.port) { conversation in
                        let event = "/analytics?timestamp=1223567997&user=a&event=click"
                        #expect(try await conversation.ask(.POST, event).status == 204)
                        try await database.breakConnections(allow: true)
                        try await eventually {
                            try await conversation.ask(.GET, "/analytics?timestamp=1223567997").status == 200
                        }
                    }
                    #expect(try await database.count(.events) == 1)
                }
                #expect(ended.status == .exited(0))
            }
        }
    }

    @Test func aDatabaseThatComesLaterMustBeUsable() async throws {
        try await withScratch { spool in
            try await withEmptyDatabase(.postgres) { database in
                try await database.breakConnections(allow: false)
                var launch = HourglassProcess.Launch(["--database-url", database.url])
                launch.prefix = ["HOURGLASS_SPOOL=\(spool)"]
                let log = CollectingLog()
                launch.log = log.add
                let ended = try await HourglassProcess.with(launch) { server in
                    try await database.breakConnections(allow: true)
                    // Waits for the server to end by itself: until then it answers.
                    while (try? await HTTPConversation.with(port: server.port, { try await $0.ask(.GET, "/healthz") }))
                        != nil
                    {}
                }
                #expect(ended.status == .exited(1), "\(log.entries)")
            }
        }
    }

    /// The other servers wait for the migration, and find the schema up to date.
    @Test(arguments: Flavour.allCases)
    func oneOfSeveralMigratesAndAllBecomeReady(flavour: Flavour) async throws {
        try await withEmptyDatabase(flavour) { database in
            let login = "several_\(database.name)"
            try await database.run("CREATE ROLE \(login) LOGIN NOINHERIT")
            let flavour = ["--flavour", "\(flavour)", "--login", login]
            let arguments = ["migrate", "--database-url", database.url] + flavour
            async let first = HourglassProcess.run(arguments)
            async let second = HourglassProcess.run(arguments)
            let ended = try await [first, second]
            #expect(ended.allSatisfy { $0.status == .exited(0) }, "\(ended)")
            #expect(ended.map(\.output).contains { !$0.contains("12 (fingerprint)") }, "\(ended)")
            let url = database.login(login).url
            async let one = HourglassProcess.with(["--database-url", url]) { $0.port }
            async let other = HourglassProcess.with(["--database-url", url]) { $0.port }
            let ends = try await [one.status, other.status]
            #expect(ends == [.exited(0), .exited(0)])
            try await database.run("DROP OWNED BY \(login); DROP ROLE \(login)")
        }
    }

    @Test func itSurvivesALogWithoutAReader() async throws {
        try await withEmptyDatabase(.postgres) { database in
            let arguments = ["migrate", "--flavour", "postgres", "--database-url", database.url]
            let ended = try await HourglassProcess.runWithoutReaderOfLog(arguments)
            #expect(ended.status == .exited(0))
            #expect(ended.output.contains("12 (fingerprint)"))
        }
    }

    @Test(arguments: [
        (["serve", "--port", "70000"], "--port: '70000' is not a whole number from 0 to 65535"),
        (["serve", "--flavour", "mysql"], "--flavour: 'mysql' is not auto, timescaledb or postgres"),
        (["config", "--log-level", "loud"], "--log-level: 'loud' is not a log level"),
        (["load", "--url", "http://127.0.0.1:1"], "cannot reach http://127.0.0.1:1"),
        (["serve", "--database-url", "host=/nowhere"], "No such file or directory"),
    ])
    func startErrorsAreExplained(arguments: [String], message: String) async throws {
        let ended = try await HourglassProcess.run(arguments)
        #expect(ended.status != .exited(0))
        #expect(ended.output.contains(message), "\(ended.output)")
    }

    @Test(arguments: [
        "postgres://me:geheim@db/x?password=geheim", "host=db user=me password=geheim", "postgres://me:a?geheim@db/x",
        "host=db user=me password='a geheim'", #"user=me password=a\ geheim"#, "postgres://me:%67eheim@db1,db2/x",
        "user=me sslpassword=geheim", "host=db user = me password = geheim",
    ])
    func secretsAreNotShown(url: String) async throws {
        let shown = try await HourglassProcess.run(["config", "--database-url", url])
        #expect(shown.status == .exited(0))
        #expect(!shown.output.contains("geheim"))
        #expect(shown.output.contains("user=me"))
        #expect(shown.output.contains("password=***"))
    }

    @Test(arguments: [
        ["serve", "postgres://me:geheim@db/x"], ["config", "--database-url", "host=db", "password=ge", "geheim"],
        ["serve", "--strict=host=x password=geheim"], ["load", "--rate", "postgres://me:geheim@db/x"],
        ["config", "--database-url", "postgres://me:geheim/@db/x"], ["geheim", "--database-url=host=db"],
        ["serve", "--port", "postgres://me:geheim@db/x"], ["config", "--data-dir", "x", "--database-url=geheim"],
    ])
    func aSecretInTheWrongPlaceIsNotShown(arguments: [String]) async throws {
        let ended = try await HourglassProcess.run(arguments)
        #expect(ended.status != .exited(0))
        #expect(!ended.output.contains("geheim"), "\(ended.output)")
        #expect(ended.output.contains("Error: "))
    }

    @Test func theHealthCheckGivesAnExitStatus() async throws {
        try await withDatabase(.postgres) { database in
            let outcome = try await HourglassProcess.with(["--database-url", database.serverURL]) { server in
                let healthy = try await HourglassProcess.run(["healthcheck", "--port", "\(server.port)"])
                #expect(healthy.status == .exited(0))
                return server.port
            }
            let gone = try await HourglassProcess.run(["healthcheck", "--port", "\(outcome.result)"])
            #expect(gone.status == .exited(1))
        }
    }

    /// The health check has to begin with a PROXY header too.
    @Test func theHealthCheckWorksWithTheProxyProtocol() async throws {
        let settings = ["HOURGLASS_PROXY_PROTOCOL=on", "HOURGLASS_TRUSTED_PROXIES=loopback"]
        try await withDatabase(.postgres) { database in
            var launch = HourglassProcess.Launch(["--database-url", database.serverURL])
            launch.prefix = settings
            _ = try await HourglassProcess.with(launch) { server in
                let check = ["healthcheck", "--port", "\(server.port)"]
                let healthy = try await HourglassProcess.run(check, prefix: settings)
                #expect(healthy.status == .exited(0))
                let unknown = try await HourglassProcess.run(check)
                #expect(unknown.status == .exited(1))
            }
        }
    }
}
