import Analytics
import ArgumentParser
import FoundationEssentials
import HTTP
import Registry
import Server

/// Shows a site.
struct SiteShow: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "show", abstract: "Show a site and its settings.")

    @Argument(help: "A name that it has or had.")
    var name: SiteName

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let name = name
        let site = try await registry.use { try await $0.site(name) }
        guard !registry.json else { return print(site.json.description) }
        var table = TextTable(["name", site.name.text])
        table.add(["id", "\(site.id.rawValue)"])
        table.add(["uuid", site.uuid.uuidString.lowercased()])
        table.add(["organisation", site.organisation])
        table.add(["timezone", site.zone])
        table.add(["hostnames", site.hostText])
        for (setting, value) in site.settings.texts { table.add([setting, value]) }
        print(table.text)
    }
}
