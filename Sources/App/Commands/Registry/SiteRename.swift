import Analytics
import ArgumentParser
import HTTP
import Registry
import Server

/// Renames a site.
struct SiteRename: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "rename",
        abstract: "Give a site another name.",
        discussion: """
            The former name goes on leading to it, in pages, requests and commands, until another site of its organisation \
            takes that name. Of its former names, the latest 50 lead to it.
            """
    )

    @Argument(help: "A name that it has or had.")
    var name: SiteName

    @Argument(help: "The new name.")
    var new: SiteName

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let (name, new) = (name, new)
        try await registry.use { try await $0.renameSite(name, to: new) }
        guard registry.json else { return print("renamed site \(name.text) to \(new.text)") }
        print(try await registry.use { try await $0.site(new) }.json.description)
    }
}
