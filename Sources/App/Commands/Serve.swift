import ArgumentParser
import Logging
import ServiceLifecycle
import Store
import UnixSignals

/// Runs the server until it is told to stop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the server.",
        discussion: "SIGTERM or Ctrl-C lets it finish what it has taken, and stop. A second one ends it at once."
    )

    @OptionGroup var server: ServerFlags
    @OptionGroup var database: DatabaseFlags

    func run() async throws {
        let settings = try await database.settings(server.values)
        let logger = Logger(label: "hourglass") { _ in JSONLogHandler(level: settings.logLevel) }
        let database = try await Database.open(settings, logger: logger)
        do {
            try await database.prepare()
            let services = ServiceGroup(
                configuration: .init(
                    services: [try wire(settings, database, logger: logger)],
                    gracefulShutdownSignals: [.sigterm, .sigint],
                    cancellationSignals: [.sigquit],
                    logger: logger
                )
            )
            try await services.run()
        } catch {
            logger.critical("the server stopped", metadata: ["error": "\(descriptionForLog(error))"])
            try await database.close()
            throw ExitCode.failure
        }
        logger.info("the server has stopped")
    }
}
