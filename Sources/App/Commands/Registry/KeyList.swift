import Analytics
import ArgumentParser
import HTTP
import Registry
import Server

/// Lists the keys of a site.
struct KeyList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the keys of a site, with their last use."
    )

    @Argument(help: "The site.")
    var site: SiteName

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let site = site
        let keys = try await registry.use { registry in
            try await registry.keys(of: try await registry.site(site).id)
        }
        registry.show(keys, json: \.json, ["ID", "SCOPE", "LABEL", "ADDED", "LAST USE", "KEY"]) { key in
            let text = key.revoked.map { "revoked \($0.text)" } ?? key.text ?? ""
            return [
                "\(key.id)", key.scope.rawValue, key.label, key.created.text, key.used?.text ?? "never", text,
            ]
        }
    }
}
