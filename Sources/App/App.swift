import ArgumentParser

/// The command line.
@main
struct App: AsyncParsableCommand {
    static let version = "1.0.0"

    static let configuration = CommandConfiguration(
        commandName: "hourglass",
        abstract: "Counts who saw and clicked what, exactly, for the hour that ends at any moment.",
        discussion: """
            Without DATABASE_URL it keeps a PostgreSQL of its own in the data directory.
            Settings come from flags, then the environment, then the file .env; `hourglass config` shows them.
            """,
        version: version,
        subcommands: [Serve.self, Migrate.self, Config.self, HealthCheck.self, LoadCommand.self]
    )
}
