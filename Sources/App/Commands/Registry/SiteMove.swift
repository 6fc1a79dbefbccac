import Analytics
import ArgumentParser
import HTTP
import Registry

/// Gives a site to another organisation.
struct SiteMove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "move",
        abstract: "Give a site to another organisation, whose members see it from then on."
    )

    @Argument(help: "A name that it has or had.")
    var name: SiteName

    @Argument(help: "The name of the organisation.")
    var organisation: String

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let (name, organisation) = (name, organisation)
        try await registry.use { try await $0.moveSite(name, to: organisation) }
        registry.confirm(["name": .text(name.text), "organisation": .text(organisation)]) {
            "site \(name.text) belongs to \(organisation)"
        }
    }
}
