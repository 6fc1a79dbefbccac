import Analytics
import ArgumentParser
import HTTP
import Registry
import Server

/// Changes a site.
struct SiteSet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "set",
        abstract: "Change the hosts, the time zone or the settings of a site.",
        discussion: "What is not named stays as it is; hostnames are replaced as a whole, and --any-host removes them."
    )

    @Argument(help: "A name that it has or had.")
    var name: SiteName

    @OptionGroup var site: SiteFlags

    @Flag(help: "Let pages of any host send hits with a write key.")
    var anyHost = false

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let changes = try site.changes()
        let hosts = anyHost ? [] : site.hostnames.isEmpty ? nil : site.hostnames
        let (name, zone) = (name, site.timezone)
        try await registry.use { try await $0.setSite(name, hostnames: hosts, zone: zone, changes: changes.json) }
        guard registry.json else { return print("changed site \(name.text)") }
        print(try await registry.use { try await $0.site(name) }.json.description)
    }
}
