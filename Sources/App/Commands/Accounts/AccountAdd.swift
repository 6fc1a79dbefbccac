import Analytics
import ArgumentParser
import HTTP
import Registry

/// Adds an account.
struct AccountAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add an account, with a role in an organisation.",
        discussion: PasswordInput.help
    )

    @Argument(help: "The name to log in with: \(AccountName.form).")
    var name: AccountName

    @Option(help: "The e-mail address.")
    var email = ""

    @Option(help: "The name for people.")
    var displayName = ""

    @Option(help: "Its role in the organisation (\(Role.allCases.map(\.rawValue).joined(separator: ", "))).")
    var role: Role?

    @Option(help: "The organisation of the role.")
    var organisation = "default"

    @Flag(help: "Make it an operator, who may do everything everywhere.")
    var `operator` = false

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let password = try PasswordInput.read()
        let new = NewAccount(name: name, email: email, displayName: displayName, password: password)
        guard new.faults.isEmpty else { throw CommandFailure(new.faults.map(\.text).joined(separator: "; ")) }
        let (role, organisation, isOperator) = (role, organisation, `operator`)
        try await registry.use { editor in
            let accounts = editor.accounts
            try await accounts.add(new, isOperator: isOperator, by: .command)
            guard let role else { return }
            try await accounts.set(role, of: new.name.text, in: organisation, by: .command)
        }
        let json = JSON.object(["name": .text(new.name.text)])
        print(registry.json ? json.description : "added account \(new.name.text)")
    }
}
