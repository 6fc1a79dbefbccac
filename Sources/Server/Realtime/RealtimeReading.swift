import Analytics

/// The live figures of a site, and its new hits.
struct RealtimeReading: Sendable {
    var counts: RecentCounts
    /// The counts of the hour that ends now; nil where filters apply, which it knows none of.
    var hour: HourReport?
    /// The number of new hits.
    var arrived = 0
    /// The last of the new hits, each with the values of the columns of `ListQuery.Kind.events`.
    var hits: [[ListedRow.Value?]] = []
}

/// What live figures are read from.
protocol RealtimeSource: Sendable {
    /// Reads the figures, and the hits that are new since the last reading; one reading at a time.
    ///
    /// - Parameter most: The most hits.
    /// - Returns: The reading, which includes everything that was stored before it began.
    /// - Throws: `QueryError`
    func read(hits most: Int) async throws -> RealtimeReading
}

/// All that a site is sent.
struct WholeSource: RealtimeSource {
    private let store: any EventStore
    private let site: SiteID
    private let recent: any RecentHits

    init(_ site: SiteID, _ store: any EventStore) {
        self.store = store
        self.site = site
        recent = store.recent(of: site)
    }

    func read(hits most: Int) async throws -> RealtimeReading {
        let moment = Timestamp.now
        // First what takes nothing: hits that were read and could not be told would be lost.
        let hour = try await store.hour(of: site, endingAt: moment)
        let reading = try await recent.read(at: moment, hits: most)
        return RealtimeReading(
            counts: reading.counts,
            hour: hour,
            arrived: reading.arrived,
            hits: reading.hits
        )
    }
}

/// The people of a site who meet filters, by reports.
struct FilteredSource: RealtimeSource {
    let store: any EventStore
    let site: Site
    let filters: [Filter]

    func read(hits most: Int) async throws -> RealtimeReading {
        let moment = Timestamp.now
        let counts = RecentCounts(
            moment: moment,
            now: try await presentVisitors(at: moment),
            halfHour: try await visitors(.last(minutes: 30, before: moment)),
            minutes: try await minutes(.clock(minutes: 30, upTo: moment))
        )
        return RealtimeReading(counts: counts)
    }

    /// The visitors of the last five minutes.
    func presentVisitors(at moment: Timestamp) async throws -> Int {
        try await visitors(.last(minutes: 5, before: moment))
    }

    private func visitors(_ period: Period) async throws -> Int {
        let report = try await store.report(query(period, [.visitors]))
        return report.rows.first?.values.first?.count ?? 0
    }

    private func minutes(_ period: Period) async throws -> [RecentCounts.Minute] {
        var query = query(period, [.visitors, .pageviews])
        query.dimensions = [.time(.minute)]
        let rows = try await store.report(query).rows.map { ($0.dimensions.first ?? "", $0.values.map(\.count)) }
        let values = Dictionary(rows) { first, _ in first }
        return stride(from: period.start.milliseconds, to: period.end.milliseconds, by: 60_000).map { time in
            let start = Timestamp(milliseconds: time)
            let counts = values[start.text.replacing("T", with: " ").replacing("Z", with: "")] ?? [0, 0]
            return RecentCounts.Minute(start: start, visitors: counts.first ?? 0, pageviews: counts.last ?? 0)
        }
    }

    private func query(_ period: Period, _ metrics: [Metric]) -> Query {
        var query = Query(site: site.id, period: period, metrics: metrics)
        query.use(site)
        query.filters = filters
        return query
    }
}

extension Report.Value {
    /// The number of a count; 0 for any other value.
    fileprivate var count: Int { if case .count(let count) = self { count } else { 0 } }
}
