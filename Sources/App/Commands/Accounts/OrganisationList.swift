import ArgumentParser
import HTTP
import Registry

/// Lists the organisations.
struct OrganisationList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the organisations.")

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let organisations = try await registry.use { try await $0.accounts.organisations() }
        registry.show(
            organisations,
            json: { .object(["name": .text($0.name), "title": .text($0.title)]) },
            ["NAME", "NAME FOR PEOPLE"],
            cells: { [$0.name, $0.title] }
        )
    }
}
