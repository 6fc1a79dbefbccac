import Analytics
import ArgumentParser
import HTTP
import Registry

/// Takes all data of a site.
struct SiteReset: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reset",
        abstract: "Delete all data of a site, which keeps its settings, keys, goals and links.",
        discussion: "It begins anew at once; the former data are deleted by a job, which `jobs` shows."
    )

    @Argument(help: "A name that it has or had.")
    var name: SiteName

    @Flag(help: "Confirm that all of its data are to be deleted.")
    var yes = false

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        guard yes else { throw CommandFailure("this deletes every hit of site \(name.text): say --yes") }
        let name = name
        let job = try await registry.use { try await $0.resetSite(name) }
        let json = JSON.object(["name": .text(name.text), "job": .number(job)])
        print(registry.json ? json.description : "reset site \(name.text); job \(job) deletes its data")
    }
}
