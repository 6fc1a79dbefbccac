import Analytics
import ArgumentParser
import HTTP
import Registry

/// Adds a key.
struct KeyAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a key to a site, and print it.",
        discussion: "Only write keys are kept as they are; write down any other, since it is not shown again."
    )

    /// The most characters of a label.
    private static let longestLabel = 100

    @Argument(help: "The site.")
    var site: SiteName

    @Option(help: "write, server or read.")
    var scope: KeyScope

    @Option(help: "A name for people, up to 100 characters.")
    var label = ""

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        guard label.count <= Self.longestLabel else { throw CommandFailure("--label is longer than 100 characters") }
        let key = KeyText.random(scope)
        let (site, label) = (site, label)
        let id = try await registry.use { try await $0.add(key, to: site, label: label) }
        let json = JSON.object(["id": .number(id), "key": .text(key.text)])
        print(registry.json ? json.description : key.text)
    }
}
