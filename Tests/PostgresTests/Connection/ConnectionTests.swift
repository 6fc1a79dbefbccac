import Support
import Testing

@testable import Postgres

@Suite(.server)
struct ConnectionTests {
    @Test func commitsDurablyAndBoundsItsStatements() async throws {
        let settings = try await TestServer.withConnection { try await $0.execute(Settings()) }
        #expect(settings == ["UTF8", "on", "1min", "UTC", "tests"])
    }

    @Test func runsItsSetupFirst() async throws {
        let setup = "SET statement_timeout = '7s'; SET application_name = 'renamed'"
        let settings = try await TestServer.withConnection(setup: setup) { try await $0.execute(Settings()) }
        #expect(settings == ["UTF8", "on", "7s", "UTC", "renamed"])
    }

    @Test func failsWhenItsSetupDoes() async throws {
        let error = try await #require(throws: PostgresError.self) {
            try await TestServer.withConnection(setup: "SET ROLE no_such_role") { _ in }
        }
        #expect(error.state == "22023")
    }

    @Test(arguments: ["host=/nonexistent user=postgres", "postgresql://postgres@127.0.0.1:1/postgres"])
    func failsAsLostWhenTheServerIsUnreachable(url: String) async throws {
        let error = try await #require(throws: PostgresError.self) { _ = try await Connection.open(url) }
        #expect(error.state == .none)
        #expect(error.state.isConnectionLoss)
        #expect(!error.message.isEmpty)
        #expect(!error.message.contains("\n"))
    }

    @Test func failsWhenItsDatabaseDoesNotExist() async throws {
        let url = try TestServer.url() + " dbname=no_such_database"
        let error = try await #require(throws: PostgresError.self) { _ = try await Connection.open(url) }
        #expect(error.message.contains("no_such_database"))
    }

    @Test(arguments: [true, false])
    func isClosedAfterItWasLent(succeeds: Bool) async throws {
        let name = TestServer.unique("lent")
        var lent: Connection?
        do {
            lent = try await Connection.with(TestServer.url(applicationName: name)) { connection in
                if !succeeds { try await connection.run("SELECT 1 / 0") }
                #expect(try await connection.execute(ConnectionCount(applicationName: name)) == [1])
                return connection
            }
        } catch let error as PostgresError {
            #expect(!succeeds)
            #expect(error.state == "22012")
        }
        try await TestServer.withConnection { observer in
            try await eventually { try await observer.execute(ConnectionCount(applicationName: name)) == [0] }
        }
        #expect(await lent?.isUsable != true)
    }

    @Test func closesWhenItIsReleased() async throws {
        let name = TestServer.unique("dropped")
        var connection: Connection? = try await Connection.open(TestServer.url(applicationName: name))
        try await TestServer.withConnection { observer in
            let before = try await observer.execute(ConnectionCount(applicationName: name))
            #expect(before == [1])
            #expect(await connection?.isUsable == true)
            connection = nil
            try await eventually { try await observer.execute(ConnectionCount(applicationName: name)) == [0] }
        }
    }

    @Test func refusesEverythingOnceClosed() async throws {
        let connection = try await Connection.open(TestServer.url())
        await connection.close()
        await connection.close()
        #expect(await !connection.isUsable)
        let errors = [
            try await #require(throws: PostgresError.self) { try await connection.run("SELECT 1") },
            try await #require(throws: PostgresError.self) { try await connection.execute(One()) },
            try await #require(throws: PostgresError.self) { try await connection.perform(One()) },
            try await #require(throws: PostgresError.self) { try await connection.transaction { _ in } },
            try await #require(throws: PostgresError.self) {
                try await connection.copy(into: "item", columns: ["id"]) { _, _ in }
            },
        ]
        for error in errors {
            #expect(error.state == .none)
            #expect(error.message == "the connection is closed")
        }
    }

    @Test func servesManyTasksOneAfterTheOther() async throws {
        try await TestServer.withConnection { connection in
            let rows = try await withThrowingTaskGroup { group in
                for _ in 0..<100 { group.addTask { try await connection.execute(One()) } }
                return try await group.reduce(into: []) { $0 += $1 }
            }
            #expect(rows == Array(repeating: 1, count: 100))
        }
    }
}

/// Settings of the session.
private struct Settings: Statement {
    typealias Row = String
    static let sql = """
        SELECT current_setting(name) FROM (VALUES (1, 'client_encoding'), (2, 'synchronous_commit'),
            (3, 'statement_timeout'), (4, 'timezone'), (5, 'application_name')) AS t (place, name) ORDER BY place
        """
    let parameters = Parameters()
}
