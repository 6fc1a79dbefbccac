import Analytics
import Postgres

/// Reads the live hours from the events, as of one moment.
struct LiveLoader: Sendable {
    /// There are more users than may be kept.
    struct Full: Error {}

    struct Filled: Sendable {
        let start: Timestamp
        let sites: [SiteID: HourWindow]
        let snapshot: Snapshot
        /// The time of the first event after the hours that are kept.
        let firstAhead: Timestamp?
    }

    let start: Timestamp
    let limit: Int

    func read(from connection: Connection) async throws -> Filled {
        try await connection.snapshot { try await readAsOfOneMoment(from: $0) }
    }

    private func readAsOfOneMoment(from connection: Connection) async throws -> Filled {
        let snapshot = try Snapshot(try await connection.execute(CurrentSnapshot()).first ?? "")
        let end = start.advanced(by: .seconds(HourWindow.count * 3600))
        let ahead = try await connection.execute(FirstEvent(from: end)).first ?? nil
        try await connection.run(
            """
            DECLARE live NO SCROLL CURSOR FOR SELECT site_id, ts, kind, user_id \
            FROM site JOIN event ON event.site_id = site.id \
            WHERE ts >= to_timestamp(\(start.milliseconds / 1000)) AND ts < to_timestamp(\(end.milliseconds / 1000))
            """
        )
        let sites = try await hours(from: connection)
        return Filled(start: start, sites: sites, snapshot: snapshot, firstAhead: ahead)
    }

    private func hours(from connection: Connection) async throws -> [SiteID: HourWindow] {
        var sites: [SiteID: HourWindow] = [:]
        var userCount = 0
        while true {
            let rows = try await connection.execute(NextLiveEvents())
            guard !rows.isEmpty else { return sites }
            for event in rows where sites[event.site, default: HourWindow(start: start)].add(event) {
                userCount += 1
            }
            guard userCount <= limit else { throw Full() }
        }
    }
}
