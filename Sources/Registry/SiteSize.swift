package import Analytics
import Postgres

/// The stored hits of a site, and the room that they take.
package struct SiteSize: Sendable, Equatable {
    package let site: SiteID
    /// The date (UTC) of the first hit.
    package let first: String
    /// Stored hits, those of machines too.
    package let hits: Int
    /// Hits a day, on average of the last 28 days.
    package let daily: Double
    /// The room of the hits with their indexes; other sites have the same for each hit.
    package let bytes: Int

    package init(site: SiteID, first: String, hits: Int, daily: Double, bytes: Int) {
        self.site = site
        self.first = first
        self.hits = hits
        self.daily = daily
        self.bytes = bytes
    }

    /// The room in so many days, if hits keep coming as in the last 28 days.
    ///
    /// - Parameters:
    ///   - days: The days from now on.
    ///   - kept: The days for which hits are kept; nil for ever.
    /// - Returns: Bytes.
    package func forecast(in days: Int, keeping kept: Int?) -> Double {
        guard hits > 0 else { return 0 }
        let eachDay = daily * Double(bytes) / Double(hits)
        let grown = Double(bytes) + eachDay * Double(days)
        return kept.map { min(grown, eachDay * Double($0)) } ?? grown
    }
}

extension RegistryEditor {
    /// The sizes of the sites with hits, the largest first.
    ///
    /// - Returns: The sizes; the hits of the last day or so may be missing in them.
    /// - Throws: The error of the database.
    package func sizes() async throws -> [SiteSize] { try await asking { try await $0.execute(SiteSizes()) } }
}

/// Reads the sizes of the sites.
private struct SiteSizes: Statement {
    static let sql = "SELECT site, first::text, hits, recent, recent_days, bytes FROM site_sizes()"
    var parameters: Parameters { Parameters() }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> SiteSize {
        let (site, first, hits, recent, days, bytes) = try row.decode((Int, String, Int, Int, Int, Int).self)
        return SiteSize(
            site: SiteID(rawValue: Int32(clamping: site)),
            first: first,
            hits: hits,
            daily: Double(recent) / Double(max(1, days)),
            bytes: bytes
        )
    }
}
