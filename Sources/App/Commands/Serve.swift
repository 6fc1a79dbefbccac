import ArgumentParser
import Assembly
import FoundationEssentials
import HTTP
import Logging
import Server
import ServiceLifecycle
import Store
import Systemd

#if canImport(Glibc)
    import Glibc
#endif

/// Runs the server until it is told to stop.
struct Serve: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Run the server.",
        discussion:
            "SIGTERM, SIGHUP or Ctrl-C lets it finish what it has taken, and stop, within a minute. SIGQUIT ends it at once. "
            + "With a certificate, SIGHUP reads it again instead; under systemd it never stops the server."
    )

    @OptionGroup var server: ServerFlags
    @OptionGroup var database: DatabaseFlags

    func run() async throws {
        var settings = try database.settings(server.values)
        let logger = JSONLogHandler.logger(level: settings.logLevel)
        for variable in settings.ignored {
            logger.warning("ignoring a variable that Kubernetes sets", metadata: ["variable": "\(variable)"])
        }
        do {
            let notifier = try Self.serviceManager(&settings, logger: logger)
            let database = try await Database.find(settings, logger: logger)
            try await database.use { [settings] in
                // `systemctl reload` sends it whether there is a certificate or not.
                let takesHangUp = settings.hasCertificate || notifier != nil
                try await Interruptible.run(logger: logger, takesHangUp: takesHangUp) {
                    if let services = try await Self.start(settings, database, notifier, logger: logger) {
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

    /// Takes what a service manager gives this process: sockets to listen on, and one for messages.
    ///
    /// - Returns: nil without a service manager.
    private static func serviceManager(_ settings: inout Settings, logger: Logger) throws -> ServiceNotifier? {
        let environment = ProcessInfo.processInfo.environment
        settings.server.http.inheritedSockets = try InheritedSockets.find(environment, process: getpid())
        let manager = ServiceManager(environment, process: getpid())
        ServiceManager.forget()
        return manager.map { ServiceNotifier($0, logger: logger, check: Liveness.check) }
    }

    /// Prepares the database and puts the server together.
    ///
    /// - Returns: The services; nil if a signal came meanwhile.
    private static func start(
        _ settings: Settings,
        _ database: Database,
        _ notifier: ServiceNotifier?,
        logger: Logger
    ) async throws -> [any Service]? {
        do {
            return try await cancelWhenGracefulShutdown {
                let isReachable = try await database.prepare(mayBeUnreachable: settings.spoolDirectory != nil)
                try Task.checkCancellation()
                return try wire(
                    settings,
                    database,
                    isReachable: isReachable,
                    notifier: notifier,
                    version: App.version,
                    logger: logger
                )
            }
        } catch  where Task.isShuttingDownGracefully {
            logger.info("told to stop while starting", metadata: ["error": "\(descriptionForLog(error))"])
            return nil
        }
    }
}
