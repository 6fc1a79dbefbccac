import Analytics
import ArgumentParser
import HTTP
import Registry

/// Removes a goal.
struct GoalRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a goal of a site; no hits are deleted."
    )

    @Argument(help: "The site.")
    var site: SiteName

    @Argument(help: "The name of the goal, or its id, as `goal list` shows them.")
    var goal: String

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let (site, wanted) = (site, goal)
        let goal = try await registry.use { registry in
            let goals = try await registry.site(site).goals
            // A name may look like the id of another goal.
            let found =
                goals.first { $0.name.utf8.elementsEqual(wanted.utf8) } ?? goals.first { "\($0.id.rawValue)" == wanted }
            guard let found else { throw CommandFailure("the site has no goal \(wanted)") }
            try await registry.removeGoal(found.id, of: site)
            return found
        }
        let json = JSON.object(["id": .number(Int(goal.id.rawValue)), "name": .text(goal.name)])
        print(registry.json ? json.description : "removed goal \(goal.name)")
    }
}
