/// A card of a dashboard: a question of the API, and what it is in SQL.
struct DashboardCard: Sendable {
    /// The rows whose texts a card shows.
    enum Source: Sendable {
        case hits
        case visits
    }

    let name: String
    /// The dimension; nil for totals.
    let dimension: String?
    let metrics: [String]
    /// The text of a group; the columns are those of the views.
    let label: String
    let source: Source
    /// True if the rows are in the order of their texts, and all are shown.
    var isSeries = false

    static let all = [
        DashboardCard(
            name: "totals",
            dimension: nil,
            metrics: ["visitors", "visits", "pageviews", "views_per_visit", "bounce_rate", "visit_duration"],
            label: "",
            source: .visits
        ),
        DashboardCard(
            name: "hours",
            dimension: "time:hour",
            metrics: ["visitors", "pageviews"],
            label: "to_char(ts AT TIME ZONE 'UTC', 'YYYY-MM-DD HH24:00:00')",
            source: .hits,
            isSeries: true
        ),
        DashboardCard(
            name: "pages",
            dimension: "event:page",
            metrics: ["visitors", "pageviews"],
            label: "path",
            source: .hits
        ),
        ofVisits("sources", "source", blank: "Direct / None"),
        ofVisits("entry pages", "entry_page"),
        ofVisits("exit pages", "exit_page"),
        ofVisits("countries", "country"),
        ofVisits("cities", "city"),
        ofVisits("browsers", "browser"),
        ofVisits("systems", "os"),
        ofVisits("devices", "device"),
        DashboardCard(
            name: "event names",
            dimension: "event:name",
            metrics: ["visitors", "events"],
            label: "name",
            source: .hits
        ),
    ]

    private static func ofVisits(_ name: String, _ column: String, blank: String = "(not set)") -> DashboardCard {
        DashboardCard(
            name: name,
            dimension: "visit:\(column)",
            metrics: ["visitors"],
            label: "coalesce(\(column), '\(blank)')",
            source: .visits
        )
    }

    /// The query of `/api/v2/query`.
    ///
    /// - Parameters:
    ///   - range: The first and the last second.
    ///   - filter: The filter.
    ///   - number: Makes the query differ from others with the same work: as many more rows may be answered.
    /// - Returns: JSON.
    func query(_ range: (first: String, last: String), _ filter: DashboardFilter, number: Int) -> String {
        let dimensions = dimension.map { #""\#($0)""# } ?? ""
        let metrics = metrics(filter).map { #""\#($0)""# }.joined(separator: ",")
        return #"{"site_id":"\#(HitFilling.site)","date_range":["\#(range.first)","\#(range.last)"],"#
            + #""metrics":[\#(metrics)],"dimensions":[\#(dimensions)],"filters":[\#(filter.json)],"#
            + #""pagination":{"limit":\#(rows(number))}}"#
    }

    /// The metrics that the API answers with a filter.
    func metrics(_ filter: DashboardFilter) -> [String] {
        filter.page == nil ? metrics : metrics.filter { $0 != "views_per_visit" }
    }

    /// The greatest number of rows.
    func rows(_ number: Int) -> Int { (isSeries ? 1_000 : 10) + number }
}
