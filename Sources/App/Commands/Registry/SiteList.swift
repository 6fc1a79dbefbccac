import Analytics
import ArgumentParser
import HTTP
import Registry
import Server

/// Lists the sites.
struct SiteList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the sites.")

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let sites = try await registry.use { try await $0.sites() }
        registry.show(sites, json: \.json, ["NAME", "ID", "TIMEZONE", "HOSTNAMES"]) { site in
            [site.name.text, "\(site.id.rawValue)", site.zone, site.hostText]
        }
    }
}
