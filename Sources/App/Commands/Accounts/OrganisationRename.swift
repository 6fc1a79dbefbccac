import ArgumentParser
import HTTP
import Registry

/// Gives an organisation another name for people.
struct OrganisationRename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Give an organisation another name for people; addresses and commands keep the other."
    )

    @Argument(help: "The name.")
    var name: String

    @Argument(help: "The name for people, up to 200 characters.")
    var title: String

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let (name, title) = (name, title)
        guard title.count <= 200 else { throw CommandFailure("a name for people has up to 200 characters") }
        try await registry.use { try await $0.accounts.setOrganisation(name, title: title, by: .command) }
        registry.confirm(["name": .text(name), "title": .text(title)]) { "\(name) is \(title) now" }
    }
}
