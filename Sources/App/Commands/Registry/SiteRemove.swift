import Analytics
import ArgumentParser
import HTTP
import Registry

/// Removes a site.
struct SiteRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a site with its keys and all of its data.",
        discussion: "It takes and answers nothing from then on; its data are deleted by a job, which `jobs` shows."
    )

    @Argument(help: "A name that it has or had.")
    var name: SiteName

    @Flag(help: "Confirm that all of its data are to be deleted.")
    var yes = false

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        guard yes else {
            throw CommandFailure("this deletes everything that site \(name.text) has: say --yes")
        }
        let name = name
        let job = try await registry.use { try await $0.removeSite(name) }
        let json = JSON.object(["name": .text(name.text), "job": .number(job)])
        print(registry.json ? json.description : "removed site \(name.text); job \(job) deletes its data")
    }
}
