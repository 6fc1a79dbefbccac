import Analytics
import ArgumentParser
import HTTP
import Registry

/// Gives an account a role.
struct AccountRole: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "role",
        abstract: "Give an account a role in an organisation, or take the one that it has."
    )

    @Argument(help: "The name or the e-mail address of the account.")
    var name: String

    @Argument(help: "The role (\(Role.allCases.map(\.rawValue).joined(separator: ", "))), or none.")
    var role: String

    @Option(help: "The organisation.")
    var organisation = "default"

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let wanted = Role(rawValue: role)
        guard wanted != nil || role == "none" else { throw CommandFailure("there is no role \(role)") }
        let (name, organisation) = (name, organisation)
        try await registry.use {
            try await $0.accounts.set(wanted, of: name, in: organisation, by: .command)
        }
        let members: JSON.Members = [
            "name": .text(name), "role": wanted.map { .text($0.rawValue) }, "organisation": .text(organisation),
        ]
        registry.confirm(members) { "\(name) has the role \(role) in \(organisation)" }
    }
}
