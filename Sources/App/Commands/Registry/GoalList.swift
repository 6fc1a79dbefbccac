import Analytics
import ArgumentParser
import HTTP
import Registry
import Server

/// Lists the goals of a site.
struct GoalList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the goals of a site.")

    @Argument(help: "The site.")
    var site: SiteName

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let site = site
        let goals = try await registry.use { try await $0.site(site).goals }
        registry.show(goals, json: \.json, ["ID", "NAME", "REACHED BY", "PROPERTIES", "CURRENCY"]) { goal in
            let properties = goal.properties.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value)" }
            return [
                "\(goal.id.rawValue)", goal.name, goal.kind.text, properties.joined(separator: " "),
                goal.currency ?? "",
            ]
        }
    }
}

extension Goal.Kind {
    /// The act that reaches the goal, in words.
    fileprivate var text: String {
        switch self {
        case .event(let name): "event \(name)"
        case .page(let pattern): "view of \(pattern)"
        case .scroll(let pattern, let depth): "\(depth) % of \(pattern)"
        }
    }
}
