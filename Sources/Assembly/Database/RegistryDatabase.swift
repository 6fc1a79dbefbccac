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

    /// Does some work on the registry.
    ///
    /// - Parameter work: The work.
    /// - Returns: The result of the work.
    /// - Throws: The error of the work, `Database.NotReady`, `EmbeddedPostgres.Failure`, or the reason that the database
    ///   cannot be reached.
    package func use<R: Sendable>(_ work: @Sendable (RegistryEditor) async throws -> R) async throws -> R {
        guard settings.database == nil else {
            let database = try await Database.find(settings, logger: logger)
            try await database.check()
            return try await edit(database.url, work)
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
    private func useOwn<R: Sendable>(_ work: @Sendable (RegistryEditor) async throws -> R) async throws -> R {
        let database = try await Database.find(settings, holder: .command, logger: logger)
        return try await database.use {
            _ = try await database.prepare(mayBeUnreachable: false)
            return try await edit(database.url, work)
        }
    }

    /// Works through the socket of a running server; nil to try again because it does not answer yet.
    private func useRunning<R: Sendable>(
        _ directory: FilePath,
        isLastTry: Bool,
        _ work: @Sendable (RegistryEditor) async throws -> R
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
        let editor = RegistryEditor(pool: Self.pool(url))
        defer { editor.close() }
        do {
            return try await work(editor)
        } catch let error where !editor.mayHaveChanged && Self.isLoss(error) {
            // The server has stopped since: nothing has been done.
            guard isLastTry else { return nil }
            throw error
        }
    }

    private func edit<R: Sendable>(
        _ url: String,
        _ work: @Sendable (RegistryEditor) async throws -> R
    ) async throws -> R {
        let editor = RegistryEditor(pool: Self.pool(url))
        defer { editor.close() }
        return try await work(editor)
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
