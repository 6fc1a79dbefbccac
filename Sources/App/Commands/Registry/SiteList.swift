import Analytics
import ArgumentParser
import HTTP
import Registry

/// Lists the sites.
struct SiteList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the sites.")

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let sites = try await registry.use { try await $0.sites() }
        guard !registry.json else {
            for site in sites { print(site.json.description) }
            return
        }
        var table = TextTable(["NAME", "ID", "TIMEZONE", "HOSTNAMES"])
        for site in sites { table.add([site.name.text, "\(site.id.rawValue)", site.zone, site.hostText]) }
        print(table.text)
    }
}
