import Analytics
import Postgres
import Support
import Testing

/// What the role of readers sees of hits and visits, in a session with a zone of its own.
struct VisitReading: Sendable {
    private static let setup = """
        SET search_path = hourglass_read, hourglass; SET ROLE hourglass_read; SET timezone = 'America/New_York';
        """
    let database: TestDatabase

    /// The rows of the view.
    func view() async throws -> [String] {
        try await lines("SELECT \(VisitLine.sql) FROM visit")
    }

    /// The rows of the function.
    func visits(of site: SiteID, from first: Timestamp, to last: Timestamp) async throws -> [String] {
        let moments = [first, last].map { "timestamptz '1970-01-01Z' + INTERVAL '1 ms' * \($0.milliseconds)" }
        return try await lines(
            "SELECT \(VisitLine.sql) FROM visits(\(site.rawValue), \(moments.joined(separator: ", ")))"
        )
    }

    /// The visits that the server derives from the stored hits.
    func derived(_ site: VisitSite) async throws -> [String] {
        let dates = DateBorders(site.midnights)
        let found = SiteVisits(of: try await hits(of: site.id), aliases: site.aliases, dates: dates)
        return found.visits.map { VisitLine($0, of: found.hits, site: site.id).text }
    }

    /// The midnights of a zone on fifteen days, as PostgreSQL knows them.
    func midnights(of zone: String, from day: Int) async throws -> [Timestamp] {
        try await lines(
            """
            SELECT (extract(epoch FROM (date '1970-01-01' + day)::timestamp AT TIME ZONE '\(zone)') * 1000)::bigint
              FROM generate_series(\(day), \(day + 14)) AS day ORDER BY day
            """
        ).compactMap { Int($0).map { Timestamp(milliseconds: $0) } }
    }

    private func lines(_ sql: String) async throws -> [String] {
        try await rows(sql).compactMap { ($0.first ?? nil)?.escaped }
    }

    private func rows(_ sql: String) async throws -> [[String?]] {
        try await Connection.with(database.url, setup: Self.setup) { try await $0.values(sql) }
    }

    private func hits(of site: SiteID) async throws -> [Hit] {
        try await rows(
            """
            SELECT (extract(epoch FROM ts) * 1000)::bigint, visitor, flags, name, host, path,
                   source, channel, referrer, utm_source, utm_medium, utm_campaign, utm_content, utm_term,
                   country, region, city, browser, browser_version, os, os_version, device, screen, language
              FROM hit WHERE site_id = \(site.rawValue)
            """
        ).map { row in
            let time = try #require(row[0].flatMap { Int($0) })
            var hit = Hit(time: Timestamp(milliseconds: time), site: site, name: try #require(row[3]))
            hit.visitor = row[1].flatMap { Int64($0) }.map { Visitor(rawValue: UInt64(bitPattern: $0)) }
            hit.flags = Hit.Flags(rawValue: try #require(row[2].flatMap { Int16($0) }))
            (hit.host, hit.path) = (row[4], row[5])
            hit.origin = Origin(row[6..<14])
            hit.place = Place(row[14..<17])
            hit.agent = Agent(row[17..<24])
            return hit
        }
    }
}

extension Origin {
    fileprivate init(_ row: ArraySlice<String?>) {
        self.init()
        var row = row
        (source, channel, referrer) = (row.removeFirst(), row.removeFirst(), row.removeFirst())
        (utmSource, utmMedium, utmCampaign) = (row.removeFirst(), row.removeFirst(), row.removeFirst())
        (utmContent, utmTerm) = (row.removeFirst(), row.removeFirst())
    }
}

extension Place {
    fileprivate init(_ row: ArraySlice<String?>) {
        self.init()
        var row = row
        (country, region, city) = (row.removeFirst(), row.removeFirst(), row.removeFirst())
    }
}

extension Agent {
    fileprivate init(_ row: ArraySlice<String?>) {
        self.init()
        var row = row
        (browser, browserVersion) = (row.removeFirst(), row.removeFirst())
        (os, osVersion) = (row.removeFirst(), row.removeFirst())
        (device, screen, language) = (row.removeFirst(), row.removeFirst(), row.removeFirst())
    }
}
