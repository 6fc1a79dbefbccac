import Analytics
import ArgumentParser
import HTTP
import Registry

/// Makes an account an operator.
struct AccountOperator: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "operator",
        abstract: "Make an account an operator, who may do everything everywhere, or take that from it."
    )

    @Argument(help: "The name or the e-mail address of the account.")
    var name: String

    @Flag(help: "Take it from the account.")
    var remove = false

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let (name, isOperator) = (name, !remove)
        try await registry.use { editor in
            let accounts = editor.accounts
            try await accounts.set(try await accounts.account(name), isOperator: isOperator, by: .command)
        }
        registry.confirm(["name": .text(name), "operator": .bool(isOperator)]) {
            "\(name) is \(isOperator ? "an" : "no") operator\(isOperator ? "" : " any more")"
        }
    }
}
