import Analytics
import ArgumentParser
import HTTP
import Registry
import Web

/// Makes the link by which the first account is made.
struct SetupLinkCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "setup-link",
        abstract: "Print the link by which the first account is made, once."
    )

    @OptionGroup var address: AddressFlags

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let base = try address.base(registry)
        guard let text = try await registry.use({ try await $0.accounts.makeSetupLink(replacing: nil) }) else {
            throw CommandFailure("there is an account already: log in, or use `hourglass account reset`")
        }
        let link = "\(base.text)/setup?token=\(text.text)"
        print(registry.json ? JSON.object(["link": .text(link)]).description : link)
    }
}
