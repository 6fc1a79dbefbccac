import Assembly
import FoundationEssentials
import Schema
import Store
import Support
import SystemPackage
import Testing

@testable import App
@testable import Terminal

/// `hourglass doctor`: each fault is found, and nothing else.
struct DoctorTests {
    private static func facts(_ change: (inout DatabaseFacts) -> Void = { _ in }) -> [Finding] {
        var facts = DatabaseFacts()
        facts.version = 170_002
        facts.clock = 1_000
        facts.sharedBuffers = 256 << 20
        facts.allowance = 47
        facts.overdue = OverdueHits(sites: 0, days: 0)
        change(&facts)
        return DatabaseFindings(facts: facts, now: 1_000.2, connections: 17, choosesFlavour: true).all
    }

    @Test func nothingIsWrongWithAGoodDatabase() {
        #expect(Self.facts().allSatisfy { $0.state == .ok && $0.advice == nil })
    }

    private static let faults: [(String, Finding.State, @Sendable (inout DatabaseFacts) -> Void)] = [
        ("postgresql", .failure, { $0.version = 140_010 }),
        ("postgresql", .failure, { $0.version = 190_000 }),
        ("clock", .failure, { $0.clock = 900 }),
        ("durability", .failure, { $0.fsync = false }),
        ("durability", .failure, { $0.fullPageWrites = false }),
        ("autovacuum", .failure, { $0.autovacuum = false }),
        ("autovacuum", .warning, { $0.bloated = BloatedTable(name: "hourglass.job", deadRows: 200_000) }),
        ("retention", .warning, { $0.overdue = OverdueHits(sites: 2, days: 9) }),
        ("connections", .warning, { $0.allowance = 16 }),
        ("memory", .warning, { $0.sharedBuffers = 16 << 20 }),
        ("memory", .warning, { $0.locksPerTransaction = 10 }),
        ("timescaledb", .note, { $0.availableTimescale = "2.28.3" }),
        ("timescaledb", .warning, { ($0.timescale, $0.availableTimescale) = ("2.28.1", "2.28.3") }),
    ]

    @Test(arguments: Self.faults.indices)
    func aFaultOfTheDatabaseIsTheOneFinding(index: Int) {
        let (subject, state, change) = Self.faults[index]
        let found = Self.facts(change).filter { $0.state != .ok }
        #expect(found.map(\.subject) == [subject])
        #expect(found.map(\.state) == [state])
    }

    @Test func settingsThatDoNotFitTheirSurroundingsAreFound() throws {
        func findings(_ flags: [Setting: String], wanted: Int = 1) throws -> [Finding] {
            let environment = ["HOURGLASS_GEOIP_DATABASE": "off", "HOURGLASS_SPOOL": "off", "DATABASE_URL": "host=db"]
            let configured = try Configured(flags: flags, environment: environment, file: "/nowhere/.env")
            return MachineFindings(settings: try Settings(configured), wantedConnections: wanted).all
        }
        #expect(try findings([:]).allSatisfy { $0.state == .ok })
        let proxied = try findings([.publicURL: "https://stats.example.org"])
        #expect(proxied.filter { $0.state != .ok }.map(\.subject) == ["proxy"])
        let trusted = try findings([.publicURL: "https://stats.example.org", .trustedProxies: "loopback"])
        #expect(trusted.allSatisfy { $0.state == .ok })
        let open = try findings([.host: "0.0.0.0"])
        #expect(open.filter { $0.state != .ok }.map(\.subject) == ["access"])
        #expect(try findings([.host: "0.0.0.0", .requireKeys: "true"]).allSatisfy { $0.state == .ok })
        let few = try findings([:], wanted: .max)
        #expect(few.filter { $0.state != .ok }.map(\.subject) == ["open files"])
    }

    @Test(arguments: [
        ([:], "http://127.0.0.1:8080"),
        (["HOURGLASS_HOST": "0.0.0.0", "HOURGLASS_PORT": "80"], "http://127.0.0.1"),
        (["HOURGLASS_HOST": "::1"], "http://[::1]:8080"),
        (["HOURGLASS_TLS_CERTIFICATE": "/a.pem", "HOURGLASS_TLS_KEY": "/b.pem"], "https://127.0.0.1:8080"),
        (["HOURGLASS_SOCKET": "/run/h.sock"], "unix:/run/h.sock"),
        (["HOURGLASS_PORT": "0"], nil),
    ])
    func theServerIsAskedWhereItListens(environment: [String: String], address: String?) throws {
        let settings = try Settings(Configured(flags: [:], environment: environment, file: "/nowhere/.env"))
        #expect(settings.endpoint(trusting: settings.ownTrust)?.text == address)
        let file = environment["HOURGLASS_TLS_CERTIFICATE"]
        #expect(settings.ownTrust == file.map(CertificateTrust.file) ?? .any)
    }

    private static let views: [(reason: String?, needsProxy: Bool, state: Finding.State)] = [
        (
            "the peer 127.0.0.1 is a trusted proxy, and its header X-Forwarded-For names the client", true,
            Finding.State.ok
        ),
        ("the peer 127.0.0.1 is a trusted proxy, but its header X-Forwarded-For names no client", true, .failure),
        ("the peer 127.0.0.1 is a trusted proxy, but it sent no header X-Forwarded-For", false, .failure),
        ("the peer 127.0.0.1 is not a trusted proxy, so its header X-Forwarded-For is ignored", false, .failure),
        ("the peer 127.0.0.1 is not a trusted proxy", true, .failure),
        ("the peer 127.0.0.1 is not a trusted proxy", false, .ok), (nil, false, .failure),
    ]

    @Test(arguments: Self.views.indices)
    func whatTheProxySendsIsExamined(index: Int) {
        let (reason, needsProxy, state) = Self.views[index]
        let view = reason.flatMap { ClientView(body: #"{"address":"192.0.2.1","address_from":"\#($0)"}"#) }
        #expect((view == nil) == (reason == nil))
        let finding = PublicFindings.finding(view, url: "https://stats.example.org", needsProxy: needsProxy)
        #expect(finding.subject == "public" && finding.state == state, "\(finding.text)")
        #expect((finding.advice == nil) == (state == .ok))
    }

    @Test(arguments: [(10.0, Finding.State.ok), (900, .warning)])
    func filesOfTheServerAreCounted(open: Double, state: Finding.State) {
        let found = Doctor.files(of: ServerState(status: "ready", files: (open, 1_024)))
        #expect(found.map(\.state) == [state] && found.map(\.subject) == ["server files"])
        #expect(Doctor.files(of: ServerState(status: "ready")).isEmpty)
    }

    /// The server is asked by its own address and by the public one, which is the same here.
    @Test(.needsPostgres) func aRunningServerIsExamined() async throws {
        try await withDatabase(.postgres) { database in
            let url = database.login(TestDatabase.serverLogin).url
            _ = try await HourglassProcess.with(HourglassProcess.Launch(["--database-url", url])) { server in
                let address = "http://127.0.0.1:\(server.port)"
                let arguments = ["doctor", "--database-url", url, "--port", "\(server.port)", "--public-url", address]
                let outcome = try await HourglassProcess.run(arguments)
                for line in ["ok       server       ready", "ok       server files", "ok       public"] {
                    #expect(outcome.output.contains(line), "\(outcome.output)")
                }
            }
        }
    }

    @Test func mistakesOfTheSettingsFail() async throws {
        let outcome = try await HourglassProcess.run(["doctor", "--json", "--port", "x"])
        #expect(outcome.status == .exited(1))
        let line = try #require(outcome.output.split(separator: "\n").first)
        let finding = try JSONDecoder().decode([String: String].self, from: Data(line.utf8))
        #expect(finding["subject"] == "settings" && finding["state"] == "failure", "\(outcome.output)")
    }

    @Test func aDatabaseThatIsAwayFails() async throws {
        let arguments = ["doctor", "--database-url", "host=/nowhere connect_timeout=1"]
        let outcome = try await HourglassProcess.run(arguments)
        #expect(outcome.status == .exited(1))
        #expect(outcome.output.contains("failure  database"), "\(outcome.output)")
    }

    @Test(.needsPostgres) func whatAServerNeedsOfADatabaseIsExamined() async throws {
        try await withDatabase(.postgres) { database in
            let login = database.login(TestDatabase.serverLogin)
            let good = try await HourglassProcess.run(["doctor", "--database-url", login.url])
            #expect(good.output.contains("ok       database"), "\(good.output)")
            // The databases of tests do without fsync.
            #expect(good.output.contains("failure  durability"))
            #expect(good.status == .exited(1))
            let mighty = try await HourglassProcess.run(["doctor", "--database-url", database.url])
            #expect(
                mighty.output.contains("failure  database     the login 'postgres' is a superuser"),
                "\(mighty.output)"
            )
            #expect(mighty.output.contains("ok       clock"))
            try await database.run("DELETE FROM schema_migration WHERE number > 3")
            let old = try await HourglassProcess.run(["doctor", "--database-url", login.url])
            #expect(old.output.contains("run `hourglass migrate`"), "\(old.output)")
        }
    }
}
