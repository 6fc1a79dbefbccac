import Analytics
import ArgumentParser
import Assembly
import FoundationEssentials
import HTTP
import Server
import Store
import Terminal

/// Examines an installation.
struct Doctor: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        abstract: "Find what is wrong with an installation, and say what to do.",
        discussion: """
            It looks at the settings, the machine, the database and the running server, and changes nothing. \
            It exits with 1 if something has failed, and with 0 if there are only warnings.
            """
    )

    @OptionGroup var server: ServerFlags
    @OptionGroup var database: DatabaseFlags

    @Flag(help: "Print JSON, one object a line.")
    var json = false

    func run() async throws {
        let flags = server.values.merging(database.values, uniquingKeysWith: { $1 })
        let findings = await Self.findings(flags)
        for finding in findings { print(json ? finding.json.description : finding.text) }
        if findings.contains(where: { $0.state == .failure }) { throw ExitCode.failure }
    }

    /// Examines everything; a mistake in the settings is the only finding there is.
    private static func findings(_ flags: [Setting: String]) async -> [Finding] {
        let configured: Configured
        let settings: Settings
        do {
            configured = try Configured(flags: flags)
            settings = try Settings(configured)
        } catch {
            return [
                .failure("settings", "\(error)", "correct it; `hourglass config` shows where each value comes from")
            ]
        }
        let wanted = Int(configured.value(.connections).text) ?? settings.server.http.maximumConnections
        let machine = MachineFindings(settings: settings, wantedConnections: wanted)
        return [.ok("settings", "valid")] + machine.all + (await database(settings)) + (await running(settings))
    }

    // MARK: Database

    private static func database(_ settings: Settings) async -> [Finding] {
        let url = Database.runningURL(settings)
        do {
            let obstacle = try await StartCheck.obstacle(to: url)
            let facts = try await DatabaseFacts.read(from: url)
            let findings = DatabaseFindings(
                facts: facts,
                now: Date.now.timeIntervalSince1970,
                connections: settings.store.connections,
                choosesFlavour: settings.flavour == nil
            )
            let use: Finding =
                obstacle.map { .failure("database", $0) }
                ?? .ok("database", "sessions, schema, roles and login are right")
            return [use] + findings.all
        } catch  where settings.database == nil {
            return [
                .note("database", "the embedded one cannot be asked", "run this while the server runs, as its user")
            ]
        } catch {
            let advice = "see that it runs, and that \(Setting.databaseURL.variable) and its password are right"
            return [.failure("database", descriptionForLog(error), advice)]
        }
    }

    // MARK: Server

    /// The findings about the server with these settings, if it runs.
    private static func running(_ settings: Settings) async -> [Finding] {
        guard let endpoint = settings.endpoint(trusting: settings.ownTrust) else { return [] }
        do throws(TopFailure) {
            let state = try await ServerState.read(endpoint)
            guard !state.obstacles.isEmpty else { return [.ok("server", "\(state.status) at \(endpoint.text)")] }
            return state.obstacles.map { name, text in .failure("server", "\(name): \(text)") }
        } catch .certificate(let reason) {
            let advice =
                "see that this user may read it; after a change send the server SIGHUP, or `systemctl reload hourglass`"
            return [.failure("server", reason, advice)]
        } catch {
            let advice =
                settings.server.http.clients.expectsProxyHeader
                ? "if it runs, let \(Setting.trustedProxies.variable) name loopback: it hears proxies alone"
                : "start it with `hourglass serve`"
            return [.note("server", "none answers at \(endpoint.text): \(error)", advice)]
        }
    }
}
