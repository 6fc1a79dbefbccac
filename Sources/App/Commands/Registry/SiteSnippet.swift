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
        discussion: "They name the server by --url, or else by the settings of its host and port."
    )

    @Argument(help: "A name that the site has or had.")
    var name: SiteName

    @Option(help: "The address by which browsers reach the server, such as https://stats.example.org.")
    var url: String?

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let settings = try registry.database.settings()
        let server = settings.server
        // An IPv6 address stands in brackets (RFC 3986, section 3.2.2).
        let host = server.http.host.contains(":") ? "[\(server.http.host)]" : server.http.host
        let address = url ?? "http://\(host):\(server.http.port)"
        guard let base = ServerAddress(address) else {
            throw CommandFailure("--url is no http or https address without query, blanks and quotation marks")
        }
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
