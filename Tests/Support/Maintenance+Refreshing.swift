import Logging
package import Store

extension Maintenance {
    /// Refreshes at once what has been touched.
    package static func refreshing(_ database: TestDatabase, grace: Duration? = nil) -> Maintenance {
        var configuration = Configuration()
        configuration.quiet = .zero
        if let grace { configuration.grace = grace }
        return refreshing(database, configuration)
    }

    package static func refreshing(_ database: TestDatabase, _ configuration: Configuration) -> Maintenance {
        Maintenance(url: database.url, configuration: configuration, logger: Logger(label: "test"))
    }
}
