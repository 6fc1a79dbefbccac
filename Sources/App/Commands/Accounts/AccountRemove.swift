import Analytics
import ArgumentParser
import HTTP
import Registry

/// Removes an account.
struct AccountRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove an account, and end its logins."
    )

    @Argument(help: "The name or the e-mail address of the account.")
    var name: String

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let name = name
        try await registry.use { editor in
            let accounts = editor.accounts
            try await accounts.remove(try await accounts.account(name), by: .command)
        }
        registry.confirm(["name": .text(name)]) { "removed account \(name)" }
    }
}
