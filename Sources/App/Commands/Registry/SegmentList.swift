import Analytics
import ArgumentParser
import HTTP
import Registry
import Server

/// Lists the segments of a site.
struct SegmentList: AsyncParsableCommand {
    static let configuration = CommandConfiguration(commandName: "list", abstract: "List the segments of a site.")

    @Argument(help: "The site.")
    var site: SiteName

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let site = site
        let segments = try await registry.use { try await $0.site(site).segments }
        registry.show(segments, json: \.json, ["ID", "NAME", "FILTERS"]) { segment in
            ["\(segment.id.rawValue)", segment.name, segment.filters]
        }
    }
}
