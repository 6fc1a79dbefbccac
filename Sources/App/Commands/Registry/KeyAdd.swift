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

    @Argument(help: "The site.")
    var site: SiteName

    @Option(help: "write, server or read.")
    var scope: KeyScope

    @Option(help: "A name for people, up to 100 characters.")
    var label = ""

    @Option(
        help: """
            The text of a write key that pages have already, such as the API key of Trail: 16 to 64 visible ASCII \
            characters. Without it, a random one is made.
            """
    )
    var text: String?

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        try checkLabel(label)
        let key = try key()
        let (site, label) = (site, label)
        let id = try await registry.use { try await $0.add(key, to: site, label: label) }
        let json = JSON.object(["id": .number(id), "key": .text(key.text)])
        print(registry.json ? json.description : key.text)
    }

    private func key() throws -> KeyText {
        guard let text else { return .random(scope) }
        guard scope == .write else { throw CommandFailure("--text is for write keys, which are no secret") }
        guard let key = KeyText(parsing: text), key.scope == .write else {
            throw CommandFailure("--text is not 16 to 64 visible ASCII characters, or begins like another key")
        }
        return key
    }
}
