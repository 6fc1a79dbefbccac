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
            It looks at the settings, the machine, the database, the running server and the way to it by the public \
            address, and changes nothing. \
            It exits with 1 if something has failed, and with 0 if there are only warnings.
            """
    )

    /// The share of the files that a server may have open from which they are nearly used up.
    private static let mostFiles = 0.8

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
            + (await PublicFindings.all(settings))
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
            let files = files(of: state)
            guard !state.obstacles.isEmpty else {
                return [.ok("server", "\(state.status) at \(endpoint.text)")] + files
            }
            return state.obstacles.map { name, text in .failure("server", "\(name): \(text)") } + files
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

    /// The finding about the files that the server has open; none if it does not tell.
    static func files(of state: ServerState) -> [Finding] {
        guard let (open, limit) = state.files, limit > 0 else { return [] }
        let text = "\(Int(exactly: open.rounded()) ?? 0) of \(Int(exactly: limit.rounded()) ?? 0) open in the server"
        guard open / limit >= mostFiles else { return [.ok("server files", text)] }
        return [
            .warning(
                "server files",
                "\(text): soon no connection can be taken",
                "raise LimitNOFILE= in its unit, or `ulimit -n` where it is started"
            )
        ]
    }
}
