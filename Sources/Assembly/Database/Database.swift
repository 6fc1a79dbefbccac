import Analytics
package import Embedded
package import Logging
import Postgres
package import Schema
import Store

/// The database of a command: the one that was named, or the embedded one.
package struct Database: Sendable {
    /// The connection string of the server.
    package let url: String
    /// The connection string of migrations.
    package let administratorURL: String
    /// The connection string by which people's own SQL is run; nil for none.
    package let queryURL: String?
    /// The embedded database; nil for another.
    package let embedded: EmbeddedPostgres?
    /// The flavour that a migration is to take; nil to let it choose.
    package let flavour: Flavour?
    package let logger: Logger

    /// Finds the database of a command; the embedded one is not started yet.
    ///
    /// - Parameters:
    ///   - settings: The settings.
    ///   - holder: The user of the embedded database.
    ///   - logger: The command's.
    /// - Returns: The database.
    /// - Throws: `EmbeddedPostgres.Failure`
    package static func find(
        _ settings: Settings,
        holder: EmbeddedPostgres.Holder = .server,
        logger: Logger
    ) async throws -> Database {
        if let parameters = settings.database {
            let url = parameters.string
            return Database(
                url: url,
                administratorURL: url,
                queryURL: settings.queryDatabase?.string,
                embedded: nil,
                flavour: settings.flavour,
                logger: logger
            )
        }
        // PGHOST, PGOPTIONS and the like are meant for other databases that are used from the same shell or container.
        LibraryEnvironment.clear()
        let embedded = try await EmbeddedPostgres(
            settings.dataDirectory,
            connections: settings.store.roomForConnections,
            // A command runs PostgreSQL for a moment, for itself.
            listening: holder == .server ? settings.listening : nil,
            holder: holder,
            logger: logger
        )
        return Database(
            url: embedded.url(role: EmbeddedPostgres.login),
            administratorURL: embedded.url(role: EmbeddedPostgres.administrator),
            queryURL: embedded.url(role: EmbeddedPostgres.queryLogin),
            embedded: embedded,
            flavour: settings.flavour,
            logger: logger
        )
    }

    /// The connection string for the database of a server with these settings, which may run or not.
    package static func runningURL(_ settings: Settings) -> String {
        if let parameters = settings.database { return parameters.string }
        LibraryEnvironment.clear()
        return EmbeddedPostgres.url(settings.dataDirectory, role: EmbeddedPostgres.login)
    }

    /// Starts the embedded database.
    package func start() async throws {
        try await embedded?.open()
    }

    /// Runs the work of a command, and stops the embedded database afterwards, whether the work fails or not: one left
    /// running would be in the way of the next start.
    package func use<R>(_ work: () async throws -> R) async throws -> R {
        let result: R
        do {
            result = try await work()
        } catch {
            do { try await embedded?.stop() } catch let second {
                logger.error("PostgreSQL did not stop", metadata: ["error": "\(second)"])
            }
            throw error
        }
        try await embedded?.stop()
        return result
    }

    /// Starts the embedded database and migrates it, or checks another one, which must have the schema already: other
    /// servers may use it too.
    ///
    /// - Parameter mayBeUnreachable: True to go on without a database that is not embedded.
    /// - Returns: True if the database can be reached.
    /// - Throws: `NotReady`, or the reason that it cannot be reached.
    package func prepare(mayBeUnreachable: Bool) async throws -> Bool {
        if let embedded {
            try await start()
            try await migrate(login: EmbeddedPostgres.login)
            try await embedded.admitReaders()
            return true
        }
        do {
            try await check()
            return true
        } catch let error as QueryError where mayBeUnreachable {
            logger.warning(
                "the database cannot be reached, events are spooled until it can",
                metadata: ["error": "\(descriptionForLog(error))"]
            )
            return false
        }
    }

    /// Checks that a database which is not embedded can be used as it is.
    ///
    /// - Throws: `NotReady` if it cannot, `QueryError` if it cannot be reached.
    package func check() async throws {
        if let obstacle = try await StartCheck.obstacle(to: url) { throw NotReady(description: obstacle) }
    }

    /// Brings the database to the schema that this program knows.
    ///
    /// - Parameter login: The role that the server will log in as; nil to give no role what a server needs.
    /// - Returns: The steps that were taken.
    /// - Throws: `Migrator.Failure`, or a `PostgresError`.
    @discardableResult
    package func migrate(login: String?) async throws -> Migrator.Summary {
        let logger = logger
        let summary = try await Migrator(url: administratorURL).migrate(
            flavour: flavour,
            login: login,
            isOwnServer: embedded != nil
        ) { step in
            logger.info("taking schema step", metadata: ["step": "\(step)"])
        }
        logger.info("the schema is up to date", metadata: ["flavour": "\(summary.flavour.rawValue)"])
        if let advice = summary.advice {
            logger.warning(
                "the server's roles may call internal functions of TimescaleDB; only a superuser can revoke that",
                metadata: ["run": "\(advice)"]
            )
        }
        return summary
    }

    /// Reads what a migration would do.
    ///
    /// - Throws: `Migrator.Failure`, or a `PostgresError`.
    package func plan() async throws -> MigrationPlan {
        try await Migrator(url: administratorURL).plan(flavour: flavour)
    }

    /// The database cannot be used as it is.
    package struct NotReady: Error, CustomStringConvertible {
        package let description: String
    }
}
