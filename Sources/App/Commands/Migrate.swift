import ArgumentParser
import Assembly
import HTTP
import Logging
import Schema
import ServiceLifecycle
import Store

/// Brings a database to the schema that this program knows.
struct Migrate: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Bring the database to the schema of this version.",
        discussion: """
            Run it with a role that may create roles and schemas; the server itself needs much less.
            Interrupted at any point, it goes on when it is run again. The embedded database is migrated by `serve`.
            """
    )

    @OptionGroup var database: DatabaseFlags

    @Option(help: "The role that the server will log in as: it is given the roles it needs.")
    var login: String?

    @Flag(help: "Print what would be done and roughly how long it would take, and change nothing.")
    var plan = false

    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let settings = try database.settings()
        let logger = JSONLogHandler.logger(level: settings.logLevel)
        do {
            let database = try await Database.find(settings, logger: logger)
            try await database.use {
                // Only the embedded one has to be stopped: with another, a signal may end the process at once.
                guard database.embedded != nil else { return try await migrate(database) }
                try await Interruptible.run(logger: logger) {
                    try await cancelWhenGracefulShutdown { try await migrate(database) }
                }
            }
        } catch {
            logger.critical("migration failed", metadata: ["error": "\(descriptionForLog(error))"])
            throw ExitCode.failure
        }
    }

    private func migrate(_ database: Database) async throws {
        try await database.start()
        try Task.checkCancellation()
        if plan {
            let plan = try await database.plan()
            return print(json ? plan.json.description : plan.text)
        }
        let summary = try await database.migrate(login: login)
        guard !json else {
            let members: JSON.Members = [
                "flavour": .text(summary.flavour.rawValue), "applied": .array(summary.applied.map(JSON.text)),
            ]
            return print(JSON.object(members).description)
        }
        let steps = summary.applied.isEmpty ? "nothing to do" : summary.applied.joined(separator: ", ")
        print("flavour \(summary.flavour.rawValue): \(steps)")
    }
}
