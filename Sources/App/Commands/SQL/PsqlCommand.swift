import Analytics
import ArgumentParser
import Assembly
import FoundationEssentials
import Logging
import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// Becomes `psql`, which reads the documented views.
struct PsqlCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "psql",
        abstract: "Open psql on the views, to read them.",
        discussion: """
            With --site the views have the rows of that site alone, and are those of questions in SQL; without it they are \
            those of all sites. With the embedded database the server has to run.
            """
    )

    @Option(help: "The site.")
    var site: SiteName?

    @Argument(parsing: .postTerminator, help: "Arguments of psql, behind --.")
    var arguments: [String] = []

    @OptionGroup var database: DatabaseFlags

    func run() async throws {
        let settings = try database.settings()
        let logger = JSONLogHandler.logger(level: settings.logLevel == .info ? .warning : settings.logLevel)
        let place = RegistryDatabase(settings, logger: logger)
        let site = site
        let session: PsqlSession
        do {
            session = try await place.running { addresses in
                PsqlSession(addresses.url, site: try await place.site(site, at: addresses)?.id)
            }
        } catch {
            throw CommandFailure(error)
        }
        throw CommandFailure("psql cannot be run: \(become(session))")
    }

    /// Replaces this process by psql, so that it has the terminal and its signals; returns the reason that it could not.
    private func become(_ session: PsqlSession) -> Errno {
        for (name, value) in session.environment { unsafe setenv(name, value, 1) }
        let words = ["psql", "-X", "-d", session.connection] + arguments
        var pointers = unsafe words.map { word in unsafe strdup(word) }
        unsafe pointers.append(nil)
        _ = unsafe execvp("psql", pointers)
        return Errno(rawValue: errno)
    }
}
