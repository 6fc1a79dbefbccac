import Analytics
import ArgumentParser
import HTTP
import Registry
import Server

/// Adds a goal.
struct GoalAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a goal to a site: --event, or --page with or without --scroll."
    )

    @Argument(help: "The site.")
    var site: SiteName

    @Option(help: "The name of the event that reaches the goal.")
    var event: String?

    @Option(help: "A pattern of paths, such as '/blog/**': * stands for any text, also for one with slashes.")
    var page: String?

    @Option(help: "The least depth to which the page is scrolled, 1 to 100 per cent; without it, a view is enough.")
    var scroll: Int?

    @Option(help: "The name that reports show; by default that of the event, or such as 'Visit /blog/**'.")
    var display: String?

    @Option(
        name: .customLong("property"),
        help: "A property as NAME=VALUE that the event or view must have; repeat it for several."
    )
    var properties: [String] = []

    @Option(help: "The currency of its revenue, such as EUR: the sum of the values in it.")
    var currency: String?

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let (site, input) = (site, try input())
        let goal = try await registry.use { try await $0.add(input, to: site) }
        print(registry.json ? goal.json.description : "added goal \(goal.name), id \(goal.id.rawValue)")
    }

    private func input() throws -> GoalInput {
        let pairs = try pairs()
        do throws(GoalInput.Invalid) {
            return try GoalInput(
                event: event,
                page: page,
                scroll: scroll,
                display: display,
                properties: pairs,
                currency: currency
            )
        } catch {
            throw CommandFailure("\(error.field.rawValue): \(error.reason)")
        }
    }

    private func pairs() throws -> [String: String] {
        var pairs: [String: String] = [:]
        for text in properties {
            guard let sign = text.firstIndex(of: "=") else { throw CommandFailure("'\(text)' is not NAME=VALUE") }
            let name = String(text[..<sign])
            guard pairs.updateValue(String(text[text.index(after: sign)...]), forKey: name) == nil else {
                throw CommandFailure("the property \(name) is given twice")
            }
        }
        return pairs
    }
}
