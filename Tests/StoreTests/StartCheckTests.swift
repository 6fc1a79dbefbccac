import Analytics
import Postgres
import Schema
import Store
import Support
import Testing

/// The check before a server uses a database.
struct StartCheckTests {
    @Test(arguments: Flavour.allCases)
    func aMigratedDatabaseCanBeUsed(flavour: Flavour) async throws {
        try await withDatabase(flavour) { database in
            let obstacle = try await StartCheck.obstacle(to: database.serverURL)
            #expect(obstacle == nil)
        }
    }

    /// With a limit of one connection, sessions cannot be compared, but schema and login are still checked.
    @Test(arguments: [1, 2]) func twoConnectionsAreEnough(limit: Int) async throws {
        try await withDatabase(.postgres) { database in
            let login = "limited_\(database.name)"
            try await database.run("CREATE ROLE \(login) LOGIN NOINHERIT CONNECTION LIMIT \(limit)")
            let url = database.login(login).url
            try await eventuallyReached { try await StartCheck.obstacle(to: url)?.contains("may not take the roles") }
            _ = try await Migrator(url: database.url).migrate(login: login)
            try await eventuallyReached { try await StartCheck.obstacle(to: url) == nil }
            try await database.run("DROP OWNED BY \(login); DROP ROLE \(login)")
        }
    }

    @Test func aSchemaThatIsMissingIsNamed() async throws {
        try await withEmptyDatabase(.postgres) { database in
            let obstacle = try #require(try await StartCheck.obstacle(to: database.url))
            #expect(obstacle.contains("run `hourglass migrate`"))
        }
    }

    @Test func aPowerfulLoginIsNamed() async throws {
        try await withDatabase(.postgres) { database in
            let obstacle = try #require(try await StartCheck.obstacle(to: database.url))
            #expect(obstacle.contains("is a superuser"))
        }
    }

    /// Without a session there is nothing to say about the database: the check throws.
    @Test func aDatabaseThatCannotBeReachedIsAnError() async throws {
        await #expect(throws: QueryError.self) { _ = try await StartCheck.obstacle(to: "host=/nowhere") }
        try await withDatabase(.postgres) { database in
            try await database.breakConnections(allow: false)
            await #expect(throws: QueryError.self) { _ = try await StartCheck.obstacle(to: database.serverURL) }
            try await database.breakConnections(allow: true)
        }
    }

    /// Repeats a check as long as the database cannot be reached: a busy machine may refuse a connection so slowly that
    /// libpq takes it for a timeout, whose reason is unknown.
    private func eventuallyReached(_ check: () async throws -> Bool?) async throws {
        try await eventually {
            do { return try await check() == true } catch is QueryError { return false }
        }
    }
}
