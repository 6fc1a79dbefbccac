import Analytics
import ArgumentParser
import HTTP
import Registry
import Server

/// Lists the share links of a site.
struct ShareList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "list",
        abstract: "List the share links of a site, with their filters and their last use."
    )

    @Argument(help: "The site.")
    var site: SiteName

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let site = site
        let shares = try await registry.use { registry in
            try await registry.shares(of: try await registry.site(site).id)
        }
        registry.show(shares, json: \.json, ["ID", "LABEL", "ADDED", "LAST USE", "REVOKED", "PASSWORD", "FILTERS"]) {
            share in
            [
                "\(share.id)", share.label, share.created.text, share.used?.text ?? "never",
                share.revoked?.text ?? "no", share.hasPassword ? "yes" : "no", share.filters,
            ]
        }
    }
}
