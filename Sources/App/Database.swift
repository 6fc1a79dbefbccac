import Cluster
import Logging
import Store

/// The database that a command works with: the one that was named, or the embedded one.
struct Database: Sendable {
    /// Where the server connects to.
    let url: String
    /// Where migrations connect to.
    let administratorURL: String
    /// The embedded database.
    let cluster: Cluster?
    let flavour: Flavour?
    let logger: Logger

    /// Finds the database; starts the embedded one.
    static func open(_ settings: Settings, logger: Logger) async throws -> Database {
        if let url = settings.databaseURL {
            return Database(url: url, administratorURL: url, cluster: nil, flavour: settings.flavour, logger: logger)
        }
        let cluster = try await Cluster.open(settings.dataDirectory, logger: logger)
        return Database(
            url: cluster.url(role: Cluster.login),
            administratorURL: cluster.url(role: Cluster.administrator),
            cluster: cluster,
            flavour: settings.flavour,
            logger: logger
        )
    }

    /// Brings the embedded database to the schema that this program knows.
    ///
    /// Another one must be there already, for it may serve others too.
    func prepare() async throws {
        if cluster != nil {
            try await migrate(login: Cluster.login)
        } else if let obstacle = try await existingSchema().obstacle {
            throw NotReady(description: obstacle)
        }
    }

    @discardableResult
    func migrate(login: String?) async throws -> Migrator.Summary {
        let logger = logger
        let summary = try await Migrator(url: administratorURL).migrate(flavour: flavour, login: login) { step in
            logger.info("taking schema step", metadata: ["step": "\(step)"])
        }
        logger.info("the schema is up to date", metadata: ["flavour": "\(summary.flavour.rawValue)"])
        return summary
    }

    /// Stops the embedded database.
    func close() async throws {
        try await cluster?.stop()
    }

    private func existingSchema() async throws -> Schema {
        let store = Store(url: url)
        defer { store.close() }
        return try await store.schema()
    }

    /// The database cannot be used as it is.
    struct NotReady: Error, CustomStringConvertible {
        let description: String
    }
}
