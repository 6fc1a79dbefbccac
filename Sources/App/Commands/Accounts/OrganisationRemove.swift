import ArgumentParser
import HTTP
import Registry

/// Removes an organisation.
struct OrganisationRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove an organisation that has no sites."
    )

    @Argument(help: "The name.")
    var name: String

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let name = name
        try await registry.use { try await $0.accounts.removeOrganisation(name, by: .command) }
        registry.confirm(["name": .text(name)]) { "removed organisation \(name)" }
    }
}
