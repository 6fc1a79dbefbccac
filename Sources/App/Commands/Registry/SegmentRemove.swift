import Analytics
import ArgumentParser
import HTTP
import Registry

/// Removes a segment of a site.
struct SegmentRemove: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Remove a segment of a site; questions that name it are refused then."
    )

    @Argument(help: "The site.")
    var site: SiteName

    @Argument(help: "The name of the segment, or its id, as `segment list` shows them.")
    var segment: String

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let (site, wanted) = (site, segment)
        let segment = try await registry.use { registry in
            let segments = try await registry.site(site).segments
            // A name may look like the id of another segment.
            let found =
                segments.first { $0.name.utf8.elementsEqual(wanted.utf8) }
                ?? segments.first { "\($0.id.rawValue)" == wanted }
            guard let found else { throw CommandFailure("the site has no segment \(wanted)") }
            try await registry.removeSegment(found.id, of: site)
            return found
        }
        let json = JSON.object(["id": .number(Int(segment.id.rawValue)), "name": .text(segment.name)])
        print(registry.json ? json.description : "removed segment \(segment.name)")
    }
}
