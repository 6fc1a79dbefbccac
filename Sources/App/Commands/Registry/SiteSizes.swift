import Analytics
import ArgumentParser
import HTTP
import Registry

/// Shows the sizes of the sites.
struct SiteSizes: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "size",
        abstract: "Show how much room the hits of each site take, and will take in a year.",
        discussion: """
            The forecast takes the hits of the last 28 days for those of every day to come, and the setting retention_days \
            of the site. Hits of the last day may be missing.
            """
    )

    private static let year = 365

    @OptionGroup var registry: RegistryFlags

    func run() async throws {
        let (sizes, sites) = try await registry.use { (try await $0.sizes(), try await $0.sites()) }
        let known = Dictionary(sites.map { ($0.id, $0) }, uniquingKeysWith: { $1 })
        let rows = sizes.compactMap { size in known[size.site].map { (site: $0, size: size) } }
        let columns = ["NAME", "SINCE", "HITS", "A DAY", "SIZE", "IN A YEAR", "KEPT"]
        registry.show(rows, json: { Self.json($0.site, $0.size) }, columns) { row in
            let days = row.site.settings.retentionDays
            return [
                row.site.name.text, row.size.first, "\(row.size.hits)", Self.number(row.size.daily),
                Self.megabytes(Double(row.size.bytes)),
                Self.megabytes(row.size.forecast(in: Self.year, keeping: days)),
                days.map { "\($0) days" } ?? "as the server",
            ]
        }
    }

    private static func json(_ site: Site, _ size: SiteSize) -> JSON {
        let days = site.settings.retentionDays
        return .object([
            "name": .text(site.name.text), "id": .number(Int(site.id.rawValue)), "since": .text(size.first),
            "hits": .number(size.hits), "hits_a_day": .real(size.daily), "bytes": .number(size.bytes),
            "bytes_in_a_year": .real(size.forecast(in: year, keeping: days).rounded()),
            "retention_days": days.map(JSON.number),
        ])
    }

    private static func number(_ value: Double) -> String { "\(Int(exactly: value.rounded()) ?? 0)" }

    private static func megabytes(_ bytes: Double) -> String {
        let tenths = Int(exactly: (bytes / 100_000).rounded()) ?? 0
        return "\(tenths / 10).\(tenths % 10) MB"
    }
}
