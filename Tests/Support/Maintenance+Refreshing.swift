import Logging
package import Store

extension Maintenance {
    /// Refreshes at once what has been touched.
    package static func refreshing(_ database: TestDatabase) -> Maintenance {
        var configuration = Configuration()
        configuration.settle = .zero
        return Maintenance(url: database.url, configuration: configuration, logger: Logger(label: "test"))
    }
}
