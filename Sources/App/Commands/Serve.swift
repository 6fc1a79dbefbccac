import ArgumentParser
import Assembly
import Logging
import ServiceLifecycle
import Store

/// Runs the server until it is told to stop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the server.",
        discussion:
            "SIGTERM, SIGHUP or Ctrl-C lets it finish what it has taken, and stop, within a minute. SIGQUIT ends it at once."
    )

    @OptionGroup var server: ServerFlags
    @OptionGroup var database: DatabaseFlags

    func run() async throws {
        let settings = try database.settings(server.values)
        let logger = JSONLogHandler.logger(level: settings.logLevel)
        for variable in settings.ignored {
            logger.warning("ignoring a variable that Kubernetes sets", metadata: ["variable": "\(variable)"])
        }
        do {
            let database = try await Database.find(settings, logger: logger)
            try await database.use {
                try await Interruptible.run(logger: logger) {
                    if let services = try await Self.start(settings, database, logger: logger) {
                        try await Interruptible.run(services, logger: logger)
                    }
                }
            }
        } catch {
            logger.critical("the server stopped", metadata: ["error": "\(descriptionForLog(error))"])
            throw ExitCode.failure
        }
        logger.info("the server has stopped")
    }

    /// Prepares the database and puts the server together.
    ///
    /// - Returns: The services; nil if a signal came meanwhile.
    private static func start(
        _ settings: Settings,
        _ database: Database,
        logger: Logger
    ) async throws -> [any Service]? {
        do {
            return try await cancelWhenGracefulShutdown {
                let isReachable = try await database.prepare(mayBeUnreachable: settings.spoolDirectory != nil)
                try Task.checkCancellation()
                return try wire(settings, database, isReachable: isReachable, version: App.version, logger: logger)
            }
        } catch  where Task.isShuttingDownGracefully {
            logger.info("told to stop while starting", metadata: ["error": "\(descriptionForLog(error))"])
            return nil
        }
    }
}
