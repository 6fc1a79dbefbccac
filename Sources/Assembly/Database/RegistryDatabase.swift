package import Analytics
import Embedded
package import Logging
import Postgres
package import Registry
import Schema
import Store
import SystemPackage

/// The database whose registry a command reads or changes, while a server runs on it or not.
///
/// The lock of the data directory tells who runs the embedded PostgreSQL. A command that finds it free takes it, starts
/// PostgreSQL, migrates, works and stops it again. One that finds a server there works through its socket, and neither
/// migrates, configures nor stops anything.
package struct RegistryDatabase: Sendable {
    private static let interval: Duration = .milliseconds(200)

    private let settings: Settings
    private let logger: Logger

    package init(_ settings: Settings, logger: Logger) {
        self.settings = settings
        self.logger = logger
    }

    /// The addresses by which a command reaches the database.
    package struct Addresses: Sendable {
        package let url: String
        /// The address by which people's own SQL is run; nil for none.
        package let queryURL: String?
    }

    /// The error of work that has changed nothing, as the database went away.
    private struct Lost: Error {
        let error: any Error
    }

    /// Does some work on the registry.
    ///
    /// - Parameter work: The work.
    /// - Returns: The result of the work.
    /// - Throws: The error of the work, `Database.NotReady`, `EmbeddedPostgres.Failure`, or the reason that the database
    ///   cannot be reached.
    package func use<R: Sendable>(_ work: @Sendable (RegistryEditor) async throws -> R) async throws -> R {
        try await connect { addresses in try await edit(addresses.url, work) }
    }

    /// Does some work on the database.
    ///
    /// - Parameter work: The work.
    /// - Returns: The result of the work.
    /// - Throws: As `use`.
    package func connect<R: Sendable>(_ work: @Sendable (Addresses) async throws -> R) async throws -> R {
        do {
            return try await reach(work)
        } catch let lost as Lost {
            throw lost.error
        }
    }

    /// Does some work on a database that runs without this command.
    ///
    /// - Parameter work: The work.
    /// - Returns: The result of the work.
    /// - Throws: As `use`; also `Database.NotReady` if no server runs the embedded database.
    package func running<R: Sendable>(_ work: @Sendable (Addresses) async throws -> R) async throws -> R {
        guard settings.database == nil else { return try await connect(work) }
        guard let result = try await useRunning(settings.dataDirectory, isLastTry: false, work) else {
            throw Database.NotReady(
                description: "the server does not run, and with it the embedded database: start it first"
            )
        }
        return result
    }

    /// Reads a site.
    ///
    /// - Parameters:
    ///   - name: Its name; nil for none.
    ///   - addresses: The addresses of the database.
    /// - Returns: The site; nil for none.
    /// - Throws: A `RegistryFailure`, or the error of the database
    package func site(_ name: SiteName?, at addresses: Addresses) async throws -> Site? {
        guard let name else { return nil }
        return try await edit(addresses.url) { try await $0.site(name) }
    }

    private func reach<R: Sendable>(_ work: @Sendable (Addresses) async throws -> R) async throws -> R {
        guard settings.database == nil else {
            let database = try await Database.find(settings, logger: logger)
            try await database.check()
            return try await work(Addresses(url: database.url, queryURL: database.queryURL))
        }
        let end = ContinuousClock.now + EmbeddedPostgres.longestWait
        while true {
            do {
                return try await useOwn(work)
            } catch EmbeddedPostgres.Failure.inUse(let directory) {
                if let result = try await useRunning(directory, isLastTry: .now >= end, work) { return result }
            }
            // The server is starting, or has stopped meanwhile.
            try await Task.sleep(for: Self.interval)
        }
    }

    /// Runs the embedded PostgreSQL for the duration of the work.
    private func useOwn<R: Sendable>(_ work: @Sendable (Addresses) async throws -> R) async throws -> R {
        let database = try await Database.find(settings, holder: .command, logger: logger)
        return try await database.use {
            _ = try await database.prepare(mayBeUnreachable: false)
            return try await work(Addresses(url: database.url, queryURL: database.queryURL))
        }
    }

    /// Works through the socket of a running server; nil to try again because it does not answer yet.
    private func useRunning<R: Sendable>(
        _ directory: FilePath,
        isLastTry: Bool,
        _ work: @Sendable (Addresses) async throws -> R
    ) async throws -> R? {
        LibraryEnvironment.clear()
        let url = EmbeddedPostgres.url(directory, role: EmbeddedPostgres.login)
        do {
            if let obstacle = try await StartCheck.obstacle(to: url) {
                guard isLastTry else { return nil }
                throw Database.NotReady(description: obstacle)
            }
        } catch let error where !(error is Database.NotReady) {
            if descriptionForLog(error).contains("Peer authentication failed") {
                throw EmbeddedPostgres.Failure.otherUser(directory, owner: nil)
            }
            guard isLastTry else { return nil }
            throw error
        }
        let queryURL = EmbeddedPostgres.url(directory, role: EmbeddedPostgres.queryLogin)
        do {
            return try await work(Addresses(url: url, queryURL: queryURL))
        } catch let lost as Lost {
            // The server has stopped since: nothing has been done.
            guard isLastTry else { return nil }
            throw lost
        }
    }

    private func edit<R: Sendable>(
        _ url: String,
        _ work: @Sendable (RegistryEditor) async throws -> R
    ) async throws -> R {
        let editor = RegistryEditor(pool: Self.pool(url))
        defer { editor.close() }
        do {
            return try await work(editor)
        } catch let error where !editor.mayHaveChanged && Self.isLoss(error) {
            throw Lost(error: error)
        }
    }

    /// True if the database could not be reached, or went away.
    private static func isLoss(_ error: any Error) -> Bool {
        if let error = error as? PostgresError { return error.state.isConnectionLoss }
        return error is Pool.Refusal
    }

    private static func pool(_ url: String) -> Pool {
        Pool(url: url, setup: RegistryEditor.setup, size: 1)
    }
}
