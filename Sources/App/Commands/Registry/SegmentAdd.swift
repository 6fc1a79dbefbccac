import Analytics
import ArgumentParser
import HTTP
import Registry
import Server

/// Adds a segment.
struct SegmentAdd: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add",
        abstract: "Add a segment to a site: --filter, or --filters."
    )

    @Argument(help: "The site.")
    var site: SiteName

    @Argument(help: "The name of the segment, up to 120 characters.")
    var name: String

    @Option(
        name: .customLong("filter"),
        help: """
            A filter, as /api/v1/stats has it: a field, one of == != =@ !@ =~ !~, and values with commas, such as \
            country==DE,AT; repeat it for several, all of which have to hold.
            """
    )
    var tests: [String] = []

    @Option(help: "The filters as /api/v2/query has them, such as '[[\"is\",\"visit:country\",[\"DE\"]]]'.")
    var filters: String?

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let (site, name, filters) = (site, name, try input())
        guard Segment.isName(name) else { throw CommandFailure("the name is \(Segment.formOfNames)") }
        let segment = try await registry.use { try await $0.addSegment(name, filters: filters.json, to: site) }
        print(registry.json ? segment.json.description : "added segment \(segment.name), id \(segment.id.rawValue)")
    }

    private func input() throws -> SavedFilters {
        guard tests.isEmpty == (filters != nil) else { throw CommandFailure("either --filter or --filters is needed") }
        do throws(SavedFilters.Invalid) {
            guard let filters else { return try SavedFilters(tests) }
            return try SavedFilters(text: filters)
        } catch {
            throw CommandFailure("--filter\(filters == nil ? "" : "s"): \(error.description)")
        }
    }
}
