import ArgumentParser
import Assembly
import Embedded
import GeoIP
import Logging
import Registry
import Store

/// The options of the commands that read or change the registry.
struct RegistryFlags: ParsableArguments {
    @OptionGroup var database: DatabaseFlags

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    /// Does some work on the registry, while a server runs or not.
    ///
    /// - Throws: `CommandFailure`, or an error of the settings.
    func use<R: Sendable>(_ work: @escaping @Sendable (RegistryEditor) async throws -> R) async throws -> R {
        let settings = try database.settings()
        // The start and the stop of the embedded database are nothing that a user of the command asked about.
        let level = settings.logLevel == .info ? .warning : settings.logLevel
        let logger = JSONLogHandler.logger(level: level)
        do {
            return try await Interruptible.value(logger: logger) {
                try await RegistryDatabase(settings, logger: logger).use(work)
            }
        } catch {
            throw CommandFailure(error)
        }
    }
}

/// The end of a command that has failed, with the reason for its user.
struct CommandFailure: Error, CustomStringConvertible {
    let description: String

    init(_ description: String) { self.description = description }

    init(_ error: any Error) {
        switch error {
        case is CancellationError: description = "interrupted"
        case let error as CommandFailure: description = error.description
        case let error as GeoUnpacker.Failure: description = error.description
        case let error as RegistryFailure: description = error.description
        case let error as Database.NotReady: description = error.description
        case let error as EmbeddedPostgres.Failure: description = error.description
        default: description = descriptionForLog(error)
        }
    }
}
