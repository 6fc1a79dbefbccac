import Analytics
import ArgumentParser
import HTTP
import Registry

/// Gives a share link a password, another one or none.
struct SharePasswordCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "password",
        abstract: "Give a share link a password, another one, or none; whoever gave the former one is asked again.",
        discussion: PasswordInput.help
    )

    @Argument(help: "The id of the link, as `share list` shows it.")
    var id: Int

    @Flag(help: "Take the password away.")
    var remove = false

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let (id, text) = (id, remove ? nil : try PasswordInput.read())
        if let text, let fault = PasswordRule.fault(of: text, name: "") { throw CommandFailure(fault) }
        try await registry.use { editor in
            let password = try await editor.accounts.sharePassword(text)
            try await editor.setPassword(password, ofShare: id)
        }
        registry.confirm(["id": .number(id), "has_password": .bool(text != nil)]) {
            text == nil ? "share link \(id) has no password" : "share link \(id) has this password"
        }
    }
}
