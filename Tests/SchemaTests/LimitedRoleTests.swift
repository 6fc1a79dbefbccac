import Analytics
import Embedded
import Logging
import Postgres
import Schema
import Store
import Support
import Testing

/// Migrations by a role that is no superuser, as on managed servers, on every installed version of PostgreSQL.
@Suite(.timeLimit(.minutes(10)))
struct LimitedRoleTests {
    /// An empty database is migrated, and a server stores and answers in it.
    @Test(arguments: PostgresVersions.all, Flavour.allCases)
    func aRoleThatMayCreateRolesIsEnough(version: Int, flavour: Flavour) async throws {
        try await withCluster(version, flavour) { cluster in
            try await cluster.run("CREATE ROLE alice LOGIN CREATEROLE CREATEDB")
            for database in ["one", "two"] {
                try await cluster.run("CREATE DATABASE \(database)", as: "alice")
                if database == "one" { try await cluster.run("CREATE ROLE hourglass LOGIN NOINHERIT", as: "alice") }
                let migrator = Migrator(url: cluster.url(database: database, role: "alice"))
                let summary = try await migrator.migrate(flavour: flavour, login: "hourglass")
                #expect(summary.flavour == flavour)
                // The extension's functions belong to a superuser.
                #expect((summary.advice != nil) == (flavour == .timescaledb))
                if let advice = summary.advice { try await cluster.run(advice, in: database) }
                let second = try await migrator.migrate(login: "hourglass")
                #expect(second.applied.isEmpty)
                #expect(second.advice == nil)
                try await expectServing(cluster.url(database: database, role: "hourglass"), flavour)
            }
        }
    }

    /// With `createrole_self_grant` the creator of a role may take it, or has its rights, at once.
    @Test(arguments: PostgresVersions.all.filter { $0 >= 16 }, ["set", "inherit", "set, inherit"])
    func whatACreatorIsGivenMakesNoDifference(version: Int, option: String) async throws {
        try await withCluster(version, .postgres, ["createrole_self_grant = '\(option)'"]) { cluster in
            try await cluster.run("CREATE ROLE alice LOGIN CREATEROLE CREATEDB")
            try await cluster.run("CREATE DATABASE one", as: "alice")
            _ = try await Migrator(url: cluster.url(database: "one", role: "alice")).migrate(flavour: .postgres)
        }
    }

    /// The role may take the owner's role, but does not inherit its rights.
    @Test(arguments: PostgresVersions.all)
    func aRoleThatInheritsNothingIsEnough(version: Int) async throws {
        try await withCluster(version, .postgres) { cluster in
            try await cluster.run("CREATE ROLE alice LOGIN NOINHERIT CREATEROLE CREATEDB")
            try await cluster.run("CREATE DATABASE one", as: "alice")
            let migrator = Migrator(url: cluster.url(database: "one", role: "alice"))
            _ = try await migrator.migrate(flavour: .postgres)
            #expect(try await migrator.migrate().applied.isEmpty)
        }
    }

    /// The roles exist already, made by a superuser for another database of the cluster.
    @Test(arguments: PostgresVersions.all, ["NOCREATEROLE", "CREATEROLE"])
    func aGrantThatIsMissingIsNamed(version: Int, option: String) async throws {
        try await withCluster(version, .postgres) { cluster in
            try await cluster.run("CREATE DATABASE theirs")
            _ = try await Migrator(url: cluster.url(database: "theirs")).migrate(flavour: .postgres)
            try await cluster.run("CREATE ROLE \"bob-1\" LOGIN \(option)")
            try await cluster.run("CREATE ROLE hourglass LOGIN NOINHERIT")
            try await cluster.run("CREATE DATABASE app OWNER \"bob-1\"")
            let migrator = Migrator(url: cluster.url(database: "app", role: "bob-1"))
            if version >= 16 || option == "NOCREATEROLE" {
                let grants = """
                    GRANT hourglass_owner TO "bob-1" WITH ADMIN OPTION; \
                    GRANT hourglass_maintain TO "bob-1" WITH ADMIN OPTION;
                    """
                #expect(try await missing(migrator) == grants)
                try await cluster.run(grants)
                let logins = """
                    GRANT hourglass_ingest, hourglass_read, hourglass_maintain, hourglass_registry TO "hourglass";
                    """
                #expect(try await missing(migrator, login: "hourglass") == logins)
                try await cluster.run(logins)
            }
            _ = try await migrator.migrate(flavour: .postgres, login: "hourglass")
            try await expectServing(cluster.url(database: "app", role: "hourglass"), .postgres)
        }
    }

    /// A role without any rights gets the list of all that it needs.
    @Test(arguments: PostgresVersions.all)
    func everythingThatIsMissingIsNamedAtOnce(version: Int) async throws {
        try await withCluster(version, .postgres) { cluster in
            try await cluster.run("CREATE ROLE carol LOGIN")
            try await cluster.run("CREATE DATABASE app")
            let migrator = Migrator(url: cluster.url(database: "app", role: "carol"))
            let statements = try await missing(migrator)
            #expect(
                statements == """
                    CREATE ROLE hourglass_owner NOLOGIN; CREATE ROLE hourglass_ingest NOLOGIN; \
                    CREATE ROLE hourglass_read NOLOGIN; CREATE ROLE hourglass_maintain NOLOGIN; \
                    CREATE ROLE hourglass_registry NOLOGIN; CREATE ROLE hourglass_query NOLOGIN; \
                    GRANT hourglass_owner TO carol WITH ADMIN OPTION; \
                    GRANT hourglass_maintain TO carol WITH ADMIN OPTION; \
                    GRANT CREATE ON DATABASE app TO carol;
                    """
            )
            try await cluster.run(statements ?? "", in: "app")
            _ = try await migrator.migrate(flavour: .postgres)
            // With the schemas there, a migration does not need the right to create any.
            try await cluster.run("REVOKE CREATE ON DATABASE app FROM carol")
            #expect(try await migrator.migrate().applied.isEmpty)
        }
    }

    /// A migration fails if only a superuser may create the extension: the flavour cannot be changed later.
    @Test func anExtensionThatCannotBeCreatedIsNamed() async throws {
        try await withCluster(15, .timescaledb) { cluster in
            try await cluster.run("CREATE ROLE alice LOGIN CREATEROLE")
            try await cluster.run("CREATE DATABASE app")
            // The extension is trusted, so the right to create schemas would be enough: alice gets the schemas and not
            // the right.
            try await cluster.run(
                """
                CREATE ROLE hourglass_owner NOLOGIN;
                CREATE SCHEMA hourglass AUTHORIZATION hourglass_owner;
                CREATE SCHEMA hourglass_read AUTHORIZATION hourglass_owner;
                CREATE SCHEMA hourglass_query AUTHORIZATION hourglass_owner
                """,
                in: "app"
            )
            let migrator = Migrator(url: cluster.url(database: "app", role: "alice"))
            let error = await #expect(throws: Migrator.Failure.self) { _ = try await migrator.migrate() }
            let statement = "CREATE EXTENSION timescaledb SCHEMA public;"
            #expect(error?.description.contains("`\(statement)`") == true)
            try await cluster.run(statement, in: "app")
            #expect(try await migrator.migrate().flavour == .timescaledb)
        }
    }

    /// The statements that a migration asks for; nil when it asks for none.
    private func missing(_ migrator: Migrator, login: String? = nil) async throws -> String? {
        do {
            _ = try await migrator.migrate(flavour: .postgres, login: login)
            return nil
        } catch Migrator.Failure.privileges(let statements) {
            return statements
        }
    }

    /// Does what a server does, as its login: stores events, refreshes the aggregates and answers.
    private func expectServing(_ url: String, _ flavour: Flavour) async throws {
        let store = PostgresStore(url: url)
        #expect(try await store.schema() == .current(flavour))
        #expect(try await StartCheck.obstacle(to: url) == nil)
        let events = [Event.sample(user: "a"), .sample(user: "b", kind: .impression), .sample(user: "a")]
        _ = try await store.append(.init(entries: [.init(events: events)]))
        var configuration = Maintenance.Configuration()
        configuration.quiet = .zero
        let maintenance = Maintenance(url: url, configuration: configuration, logger: Logger(label: "test"))
        for _ in 1...2 {
            let report = try await store.hour(of: .init(rawValue: 1), endingAt: .init(seconds: 1_223_567_997))
            #expect(report == HourReport(uniqueUsers: 2, clicks: 2, impressions: 1))
            #expect(try await maintenance.round() <= 1)
        }
        store.close()
    }

    private func withCluster(
        _ version: Int,
        _ flavour: Flavour,
        _ settings: [String] = [],
        _ body: (OwnCluster) async throws -> Void
    ) async throws {
        let binaries = try await PostgresVersions.require(version)
        if flavour == .timescaledb, !binaries.hasTimescaleDB {
            try Test.cancel("PostgreSQL \(version) has no TimescaleDB on this machine")
        }
        try await OwnCluster.with(binaries: binaries, settings: ["fsync = off"] + settings, body)
    }
}

extension OwnCluster {
    fileprivate func run(_ statement: String, as role: String) async throws {
        try await Connection.with(url(database: "postgres", role: role)) { try await $0.run(statement) }
    }
}
