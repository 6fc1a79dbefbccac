import Analytics
import ArgumentParser
import HTTP
import Registry

/// Lists the accounts.
struct AccountList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the accounts.")

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let accounts = try await registry.use { try await $0.accounts.all() }
        registry.show(
            accounts,
            json: \.json,
            ["name", "e-mail", "operator", "second factor", "last use", "roles"],
            cells: { account in
                let roles = account.roles.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.rawValue)" }
                return [
                    account.name, account.email, account.isOperator ? "yes" : "", account.hasSecondFactor ? "yes" : "",
                    account.used?.text ?? "never", roles.joined(separator: ", "),
                ]
            }
        )
    }
}
