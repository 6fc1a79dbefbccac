import ArgumentParser
import Logging
import ServiceLifecycle
import Store
import UnixSignals

/// Runs the server until it is told to stop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the server.",
        discussion:
            "SIGTERM or Ctrl-C lets it finish what it has taken, and stop, within a minute. SIGQUIT ends it at once."
    )

    /// Longer than a body may take to arrive and a batch in doubt is sent again.
    private static let longestShutdown: Duration = .seconds(60)

    @OptionGroup var server: ServerFlags
    @OptionGroup var database: DatabaseFlags

    func run() async throws {
        let settings = try await database.settings(server.values)
        let logger = JSONLogHandler.logger(level: settings.logLevel)
        let database = try await Database.open(settings, logger: logger)
        do {
            let isThere = try await database.prepare(mayBeAway: settings.spool != nil)
            var configuration = ServiceGroupConfiguration(
                services: [try wire(settings, database, isThere: isThere, logger: logger)],
                gracefulShutdownSignals: [.sigterm, .sigint],
                cancellationSignals: [.sigquit],
                logger: logger
            )
            configuration.maximumGracefulShutdownDuration = Self.longestShutdown
            let services = ServiceGroup(configuration: configuration)
            try await services.run()
        } catch {
            logger.critical("the server stopped", metadata: ["error": "\(descriptionForLog(error))"])
            try await database.close()
            throw ExitCode.failure
        }
        logger.info("the server has stopped")
    }
}
