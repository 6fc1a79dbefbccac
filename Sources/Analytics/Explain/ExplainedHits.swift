/// The hits that a query counts, as tables of SQL: one of hits with the columns that are needed, one of their visits, and
/// one of the hits that pass the filters.
struct ExplainedHits {
    private let query: Query
    private let views: ExplainedViews
    private let columns: [Dimension: ExplainedColumn]
    /// The columns of the dimensions and filters in the order in which they are named.
    private let order: [ExplainedColumn]
    private let condition: String?
    /// The condition on the entry page of visits whose bounces count; nil for none.
    private let entering: String?
    private let needsVisits: Bool
    private let needsTime: Bool
    private let ofVisits: [Metric]

    /// - Parameters:
    ///   - query: The query.
    ///   - views: The views that are read.
    ///   - countsStarts: True if visits are counted by their starts.
    /// - Throws: `Unexplained`
    init(_ query: Query, _ views: ExplainedViews, countsStarts: Bool) throws(Unexplained) {
        (self.query, self.views) = (query, views)
        var (columns, order): ([Dimension: ExplainedColumn], [ExplainedColumn]) = ([:], [])
        let named = query.dimensions + query.filters.flatMap(\.tests).map(\.dimension)
        for dimension in named where !dimension.isTime && columns[dimension] == nil {
            let column = try ExplainedColumn(dimension, pageRules: query.pageRules)
            columns[dimension] = column
            order.append(column)
        }
        (self.columns, self.order) = (columns, order)
        let conditions = try Self.conditions(query.filters, columns)
        condition = conditions.isEmpty ? nil : conditions.joined(separator: "\n   AND ")
        ofVisits = query.metrics.filter { $0.side == .visits }
        let pages = query.filters.filter(\.isOfPage)
        entering =
            ofVisits.contains(.bounceRate) && !pages.isEmpty
            ? try Self.conditions(pages, columns, asEntry: true).joined(separator: " AND ") : nil
        needsVisits =
            countsStarts || !ofVisits.isEmpty || query.metrics.contains(.visits) || order.contains(where: \.isOfVisits)
        needsTime = query.dimensions.contains(where: \.isTime)
    }

    private static func conditions(
        _ filters: [Filter],
        _ columns: [Dimension: ExplainedColumn],
        asEntry: Bool = false
    ) throws(Unexplained) -> [String] {
        var conditions: [String] = []
        for filter in filters {
            if asEntry, case .test(let test) = filter {
                let shown = "coalesce(entry_page, \(test.dimension.blank.sqlLiteral))"
                conditions.append(try test.sql("entry_page", shown))
            } else {
                conditions.append(try filter.sql(depth: filters.count) { columns[$0] })
            }
        }
        return conditions
    }

    /// The name of the table of the hits that pass.
    var name: String { condition == nil ? "hits" : "matching" }

    /// True if bounces count of some visits alone.
    var hasEntered: Bool { entering != nil }

    func column(_ dimension: Dimension) -> ExplainedColumn? { columns[dimension] }

    /// The columns of what counts of whole visits, besides visitor and start.
    var visitColumns: [String] {
        let own = ofVisits.compactMap(\.columnOfVisits)
        let grouped = query.dimensions.compactMap { columns[$0]?.name }.filter { $0 != "page" }
        let all = own + grouped + (needsEntry ? ["entry_page"] : []) + (hasEntered ? ["entered"] : [])
        return all.enumerated().filter { !all[..<$0.offset].contains($0.element) }.map(\.element)
    }

    /// True if the entry page of visits stands for the page of hits.
    private var needsEntry: Bool {
        !ofVisits.isEmpty && (query.dimensions.contains(.hit(.page)) || query.dimensions.contains(.visit(.entryPage)))
    }

    // MARK: Tables

    /// The common table expressions.
    var tables: [String] {
        var tables = ["hits AS (\n    \(hits.indented(by: 4))\n)"]
        if needsVisits { tables.insert("visits AS MATERIALIZED (\n    \(visits.indented(by: 4))\n)", at: 0) }
        if let condition {
            let entered = entering.map { ", \($0) AS entered" } ?? ""
            let sql = "SELECT *\(entered)\n  FROM hits\n WHERE \(condition)"
            tables.append("matching AS (\n    \(sql.indented(by: 4))\n)")
        }
        return tables
    }

    private var start: String { query.period.start.sqlLiteral }
    private var end: String { query.period.end.sqlLiteral }

    /// A visit is shorter than 48 hours.
    private var visits: String {
        let first = query.period.start.advanced(by: .seconds(-2 * 86_400))
        return """
            -- Visits that reach into the period; one of them may have begun up to 48 hours before it.
            SELECT *
              FROM \(views.name("visit"))
             WHERE site_id = \(query.site.rawValue) AND day BETWEEN \(first.sqlDate) AND \(query.period.end.sqlDate)
               AND ended >= \(start) AND start < \(end)
            """
    }

    private var hits: String {
        let time = needsTime ? ["hit.ts"] : []
        let own = ["hit.name", "\(views.visitor) AS visitor"]
        let ofVisit = needsVisits ? ["visit.start"] + ofVisits.compactMap(\.expressionOfVisits) : []
        let rest = order.filter { $0.dimension != .hit(.name) }.map { "\($0.expression) AS \($0.name)" }
        let needsOther = (needsEntry || entering != nil) && columns[.visit(.entryPage)] == nil
        let entry = needsOther ? ["\(ExplainedColumn.page("visit.entry_page", query.pageRules)) AS entry_page"] : []
        let remark =
            order.contains(where: \.isOfVisits)
            ? "-- A hit has the attributes of its visit, and one without a visitor those of its own.\n" : ""
        let users = views.joinOfUsers.map { "\n  \($0)" } ?? ""
        let visit =
            needsVisits
            ? """

              LEFT JOIN visits AS visit
                ON visit.visitor = \(views.visitor)
               AND hit.ts BETWEEN visit.start AND visit.ended
            """ : ""
        return """
            \(remark)SELECT \((time + own + ofVisit + rest + entry).joined(separator: ",\n       "))
              FROM \(views.name("hit"))\(users)\(visit)
             WHERE hit.site_id = \(query.site.rawValue) AND hit.ts >= \(start) AND hit.ts < \(end)
               AND NOT hit.bot AND hit.name <> 'engagement'
            """
    }
}

extension Filter {
    /// True for a test of the page.
    fileprivate var isOfPage: Bool { if case .test(let test) = self { test.dimension == .hit(.page) } else { false } }
}

extension Metric {
    /// The column of a visit that the metric needs.
    fileprivate var columnOfVisits: String? {
        switch self {
        case .bounceRate: "is_bounce"
        case .visitDuration: "duration"
        case .viewsPerVisit: "views"
        default: nil
        }
    }

    fileprivate var expressionOfVisits: String? {
        self == .viewsPerVisit ? "visit.pageviews AS views" : columnOfVisits.map { "visit.\($0)" }
    }
}
