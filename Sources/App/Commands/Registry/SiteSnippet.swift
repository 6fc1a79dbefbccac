import Analytics
import ArgumentParser
import Assembly
import HTTP
import Registry
import Server
import Web

/// Prints what the pages of a site need to be counted.
struct SiteSnippet: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "snippet",
        abstract: "Print the lines for the pages of a site.",
        discussion: "They name the server by --url, or else by HOURGLASS_PUBLIC_URL, or by its host and port."
    )

    @Argument(help: "A name that the site has or had.")
    var name: SiteName

    @OptionGroup var address: AddressFlags

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let server = try registry.database.settings().server
        let base = try address.base(registry)
        let name = name
        let site = try await registry.use { try await $0.site(name) }
        let page = site.hostnames.first?.text.replacing("*.", with: "www.") ?? "example.com"
        let snippet = Snippet(
            site: site.name.text,
            page: "https://\(page)/",
            server: base,
            script: server.trackerPath.text,
            endpoint: server.collectPath.text
        )
        guard registry.json else { return print(snippet.text) }
        let members = snippet.parts.map { ($0.name, Optional(JSON.text($0.text))) }
        print(JSON.object(JSON.Members(members)).description)
    }
}
