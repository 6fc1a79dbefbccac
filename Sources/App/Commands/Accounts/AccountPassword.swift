import Analytics
import ArgumentParser
import HTTP
import Registry

/// Gives an account another password.
struct AccountPassword: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password",
        abstract: "Give an account another password, and end its logins.",
        discussion: PasswordInput.help
    )

    @Argument(help: "The name or the e-mail address of the account.")
    var name: String

    @Flag(help: "Take its second factor away too, as for somebody who has lost it.")
    var withoutSecondFactor = false

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let password = try PasswordInput.read()
        if let fault = PasswordRule.fault(of: password, name: name) { throw CommandFailure(fault) }
        let (name, withoutSecondFactor) = (name, withoutSecondFactor)
        try await registry.use { editor in
            let accounts = editor.accounts
            let account = try await accounts.account(name)
            try await accounts.setPassword(password, of: account, keeping: nil, by: .command)
            guard withoutSecondFactor else { return }
            try await accounts.removeSecondFactor(of: account, keeping: nil, by: .command)
        }
        registry.confirm(["name": .text(name)]) { "the password is changed, and all logins of \(name) are over" }
    }
}
