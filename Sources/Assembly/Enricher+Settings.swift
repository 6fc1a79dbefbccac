import Agents
import FoundationEssentials
import GeoIP
import Ingest
import Logging
import SystemPackage

extension Enricher {
    /// Reads the files that the settings name.
    ///
    /// A file that cannot be read is missing then, with a warning: hits are taken all the same.
    ///
    /// - Parameters:
    ///   - settings: The settings.
    ///   - places: The places of addresses; nil for none.
    ///   - logger: The server's.
    init(_ settings: Settings, places: GeoLocator?, logger: Logger) {
        self.init(
            places: places,
            agents: AgentParser(rules: Self.rules(settings, logger)),
            spam: Self.spam(settings, logger)
        )
    }

    private static func rules(_ settings: Settings, _ logger: Logger) -> AgentRules {
        let places = AgentRules.standardPlaces(executable: program)
        guard let path = settings.agentRules?.string ?? AgentRules.firstFile(of: places) else {
            logger.warning("there are no rules for user agents: browsers and systems stay unknown")
            return .builtIn
        }
        do throws(RulesFailure) {
            let rules = try AgentRules(reading: path)
            for skipped in rules.skipped {
                logger.warning("a rule for user agents is left out", metadata: ["rule": "\(skipped)"])
            }
            let sources = rules.sources.map(\.description).joined(separator: ", ")
            logger.debug("read the rules for user agents", metadata: ["path": "\(path)", "sources": "\(sources)"])
            return rules
        } catch {
            logger.warning(
                "the rules for user agents cannot be used: browsers and systems stay unknown",
                metadata: ["path": "\(path)", "reason": "\(error)"]
            )
            return .builtIn
        }
    }

    private static func spam(_ settings: Settings, _ logger: Logger) -> SpamHosts {
        guard let path = settings.spamHosts else { return SpamHosts() }
        do {
            let hosts = try SpamHosts(parsing: try String(contentsOfFile: path.string, encoding: .utf8))
            let counts: Logger.Metadata = ["hosts": "\(hosts.count)", "ignored_lines": "\(hosts.ignored)"]
            logger.info("read the hosts of made-up referrers", metadata: counts)
            return hosts
        } catch {
            logger.warning(
                "the hosts of made-up referrers cannot be read: nothing is refused for its referrer",
                metadata: ["path": "\(path)", "reason": "\(error)"]
            )
            return SpamHosts()
        }
    }

    /// The path of the running program.
    private static var program: String {
        (try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? CommandLine.arguments.first
            ?? ""
    }
}
