import Analytics
import ArgumentParser
import HTTP
import Registry
import Web

/// Makes a link by which an account gets another password.
struct AccountReset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Print a link by which somebody chooses another password, once and within a day."
    )

    @Argument(help: "The name or the e-mail address of the account.")
    var name: String

    @OptionGroup var address: AddressFlags

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let base = try address.base(registry)
        let name = name
        let text = try await registry.use { try await $0.accounts.makeResetLink(for: name, by: .command) }
        let link = "\(base.text)/reset/\(text.text)"
        print(registry.json ? JSON.object(["link": .text(link)]).description : link)
    }
}
