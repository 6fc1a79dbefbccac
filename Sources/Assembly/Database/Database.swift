package import Embedded
package import Logging
import Postgres
package import Schema
import Store

/// The database that a command works with: the one that was named, or the embedded one.
package struct Database: Sendable {
    /// Where the server connects to.
    package let url: String
    /// Where migrations connect to.
    package let administratorURL: String
    /// The embedded database.
    package let cluster: EmbeddedPostgres?
    package let flavour: Flavour?
    package let logger: Logger

    /// Finds the database; the embedded one is not started yet.
    package static func find(_ settings: Settings, logger: Logger) async throws -> Database {
        if let parameters = settings.database {
            let url = parameters.string
            return Database(url: url, administratorURL: url, cluster: nil, flavour: settings.flavour, logger: logger)
        }
        // Whoever runs other databases from the same shell or container means those with PGHOST and PGOPTIONS.
        LibraryEnvironment.clear()
        let cluster = try await EmbeddedPostgres(
            settings.dataDirectory,
            connections: settings.store.writers + settings.store.readers + otherConnections,
            logger: logger
        )
        return Database(
            url: cluster.url(role: EmbeddedPostgres.login),
            administratorURL: cluster.url(role: EmbeddedPostgres.administrator),
            cluster: cluster,
            flavour: settings.flavour,
            logger: logger
        )
    }

    /// Connections beside those that store and answer: maintenance, following other servers, migrations, an administrator
    /// with `psql`, and those that the server has given up and PostgreSQL has not closed yet.
    private static let otherConnections = 20

    /// Starts the embedded database.
    package func start() async throws {
        try await cluster?.open()
    }

    /// Does a command's work, and stops the embedded database afterwards, however that ends: one that was left running
    /// would stand in the way of the next start.
    package func use(_ work: () async throws -> Void) async throws {
        do {
            try await work()
        } catch {
            do { try await cluster?.stop() } catch let second {
                logger.error("PostgreSQL did not stop", metadata: ["error": "\(second)"])
            }
            throw error
        }
        try await cluster?.stop()
    }

    /// Starts the embedded database and brings it to the schema that this program knows.
    ///
    /// Another one must have it already, for it may serve others too.
    ///
    /// - Parameter mayBeAway: Whether another one need not be there yet.
    /// - Returns: Whether it is there.
    /// - Throws: `NotReady`, or what kept it from being reached.
    package func prepare(mayBeAway: Bool) async throws -> Bool {
        if cluster != nil {
            try await start()
            try await migrate(login: EmbeddedPostgres.login)
            return true
        }
        do {
            try await check()
            return true
        } catch let error as StoreError where mayBeAway {
            let reason = descriptionForLog(error)
            logger.warning(
                "the database is away, events are spooled until it is there",
                metadata: ["error": "\(reason)"]
            )
            return false
        }
    }

    /// Whether a database that is not embedded can be used as it is.
    ///
    /// - Throws: `NotReady`, or `StoreError` when it cannot be reached.
    package func check() async throws {
        let store = Store(url: url)
        defer { store.close() }
        if let obstacle = try await store.sessionObstacle() { throw NotReady(description: obstacle) }
        if let obstacle = try await store.schemaObstacle() { throw NotReady(description: obstacle) }
        if let obstacle = try await store.loginObstacle() { throw NotReady(description: obstacle) }
    }

    @discardableResult
    package func migrate(login: String?) async throws -> Migrator.Summary {
        let logger = logger
        let summary = try await Migrator(url: administratorURL).migrate(flavour: flavour, login: login) { step in
            logger.info("taking schema step", metadata: ["step": "\(step)"])
        }
        logger.info("the schema is up to date", metadata: ["flavour": "\(summary.flavour.rawValue)"])
        if let advice = summary.advice {
            logger.warning(
                "the server's roles may call internal functions of TimescaleDB, which only a superuser can keep from them",
                metadata: ["run": "\(advice)"]
            )
        }
        return summary
    }

    /// The database cannot be used as it is.
    package struct NotReady: Error, CustomStringConvertible {
        package let description: String
    }
}
