import Analytics
import ArgumentParser
import HTTP
import Registry

/// Adds an organisation.
struct OrganisationAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "add", abstract: "Add an organisation.")

    @Argument(help: "The name: \(AccountName.form).")
    var name: String

    @Option(help: "The name for people.")
    var title = ""

    @Option(help: "The account that owns it; without one, operators alone see it at first.")
    var owner: String?

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let (name, title, owner) = (name.lowercased(), title, owner)
        guard Organisation.isName(name) else { throw CommandFailure("a name is \(AccountName.form)") }
        try await registry.use { editor in
            let accounts = editor.accounts
            var account: Account?
            if let owner { account = try await accounts.account(owner) }
            try await accounts.addOrganisation(name, title: title, owner: account, by: .command)
        }
        let json = JSON.object(["name": .text(name), "title": .text(title)])
        print(registry.json ? json.description : "added organisation \(name)")
    }
}
