import Analytics
import ArgumentParser
import HTTP
import Registry
import Server

/// Adds a site.
struct SiteAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a site.",
        discussion: """
            A name that is a host, such as example.com, is its hostname too, unless others are named.
            A site takes hits without a key from its own pages, unless open=false.
            """
    )

    @Argument(help: "The name: 1 to 100 of the characters a-z, 0-9, '.', '_', '/' and '-'.")
    var name: SiteName

    @OptionGroup var site: SiteFlags

    @Option(help: "The organisation that it belongs to.")
    var organisation: String?

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let settings = try site.changes().settings
        let ownHost = name.text.contains(".") ? Hostname(name.text) : nil
        let hosts = site.hostnames.isEmpty ? [ownHost].compactMap(\.self) : site.hostnames
        let (name, zone, organisation) = (name, site.timezone, organisation)
        let id = try await registry.use { registry in
            try await registry.addSite(
                name,
                hostnames: hosts,
                zone: zone,
                settings: settings,
                organisation: organisation
            )
        }
        guard registry.json else { return print("added site \(name.text), id \(id.rawValue)") }
        print(try await registry.use { try await $0.site(name) }.json.description)
    }
}
