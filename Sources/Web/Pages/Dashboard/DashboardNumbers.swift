package import Analytics

/// The numbers of a dashboard.
package struct DashboardNumbers: Sendable {
    let tiles: [DashboardTile]
    package let series: DashboardSeries
    /// The lists; none where only totals are known.
    let lists: [DashboardList]
    /// The time zone of the dates (IANA).
    let zone: String
    /// The moment up to which hits are counted.
    let asOf: Timestamp
    /// The time with which numbers are compared, in words; nil without a comparison.
    let comparison: String?
    /// The visitors of each hour of the week; nil where they are not known.
    let week: WeekGrid?
    /// The remarks about the numbers.
    let remarks: [String]

    /// - Parameters:
    ///   - tiles: The numbers of the whole period.
    ///   - series: The visitors in its parts.
    ///   - lists: The lists.
    ///   - zone: The time zone of the dates (IANA).
    ///   - asOf: The moment up to which hits are counted.
    ///   - comparison: The time with which numbers are compared, in words; nil without a comparison.
    ///   - week: The visitors of each hour of the week; nil where they are not known.
    ///   - remarks: What has to be known about the numbers.
    package init(
        tiles: [DashboardTile],
        series: DashboardSeries,
        lists: [DashboardList],
        zone: String,
        asOf: Timestamp,
        comparison: String?,
        week: WeekGrid? = nil,
        remarks: [String] = []
    ) {
        self.tiles = tiles
        self.series = series
        self.lists = lists
        self.zone = zone
        self.asOf = asOf
        self.comparison = comparison
        self.week = week
        self.remarks = remarks
    }

    /// The period, its zone, and what it is compared with.
    var heading: HTML {
        let comparison = comparison.map { "compared with \($0)" }
        let dates = series.dates.map { "<strong>\($0)</strong>" as HTML }
        // The moment is last: its text changes when a script tells it by the clock of the reader, and moves nothing then.
        let parts: [HTML?] = [dates, "\(zone)", comparison.map { "\($0)" }, "as of \(Moment(asOf))"]
        let items: [HTML] = parts.compactMap { $0 }.map { "<li>\($0)</li>" }
        return "<ul class=\"facts\">\(items)</ul>"
    }
}
