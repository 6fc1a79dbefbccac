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
        let settings = try database.settings(server.values)
        let logger = JSONLogHandler.logger(level: settings.logLevel)
        for variable in settings.ignored {
            logger.warning("ignoring a variable that Kubernetes sets", metadata: ["variable": "\(variable)"])
        }
        let database = try await Database.open(settings, logger: logger)
        do {
            let isThere = try await database.prepare(mayBeAway: settings.spool != nil)
            let services = try wire(settings, database, isThere: isThere, logger: logger)
            try await Self.run(services, logger: logger)
        } catch {
            logger.critical("the server stopped", metadata: ["error": "\(descriptionForLog(error))"])
            try await database.close()
            throw ExitCode.failure
        }
        logger.info("the server has stopped")
    }

    /// If one fails, the others end in order, as at SIGTERM: being cancelled, none would finish what it has taken.
    private static func run(_ services: [any Service], logger: Logger) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map { .init(service: $0, failureTerminationBehavior: .gracefullyShutdownGroup) },
            gracefulShutdownSignals: [.sigterm, .sigint],
            cancellationSignals: [.sigquit],
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = longestShutdown
        try await ServiceGroup(configuration: configuration).run()
    }
}
