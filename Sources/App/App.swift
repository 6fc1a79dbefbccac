import ArgumentParser
import Assembly
import SystemPackage

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
        subcommands: [
            Initialize.self, Serve.self, Migrate.self, SiteCommand.self, KeyCommand.self, GoalCommand.self,
            SegmentCommand.self, NoteCommand.self, ShareCommand.self, AccountCommand.self,
            OrganisationCommand.self, SetupLinkCommand.self, JobsCommand.self, QueryCommand.self, PsqlCommand.self,
            GeoIPCommand.self, Config.self, HealthCheck.self, Doctor.self, TopCommand.self, LoadCommand.self,
            Completion.self, Manual.self,
        ]
    )

    /// Runs the command that the arguments name, and ends the process.
    static func main() async {
        let arguments = Array(CommandLine.arguments.dropFirst())
        do {
            var command = try await asyncParseAsRoot(arguments)
            if var command = command as? any AsyncParsableCommand {
                try await command.run()
            } else {
                try command.run()
            }
        } catch  where exitCode(for: error) == .validationFailure {
            // The library quotes arguments, and one of them may be a connection string in the wrong place.
            let message = Secrecy.masked(fullMessage(for: error), quoting: arguments)
            // Without a reader of standard error, the exit code still reports the failure.
            _ = try? FileDescriptor.standardError.writeAll("\(message)\n".utf8)
            exit(withError: exitCode(for: error))
        } catch {
            exit(withError: error)
        }
    }
}
