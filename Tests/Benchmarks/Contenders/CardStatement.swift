/// A card in SQL on the documented views, as JSON in the form of the API's rows.
///
/// The visits are derived once for all cards, which is the longest part by far, and kept in a table.
struct CardStatement: Sendable {
    let card: DashboardCard
    let filter: DashboardFilter
    /// The first second of the period, and the one after its last.
    let period: Range<Int>
    /// The greatest number of rows.
    let rows: Int

    /// Derives the visits of a period.
    static func visits(_ period: Range<Int>) -> String {
        let (since, until) = times(period)
        return """
            CREATE TABLE public.dashboard_visit AS SELECT * FROM hourglass.visits(\(site), \(since), \(until));
            ANALYZE public.dashboard_visit
            """
    }

    var sql: String {
        let from = relation
        return card.dimension == nil
            ? totals(from.name, countsHits: from.name == "passed", from.definitions)
            : groups(from.name, from.definitions)
    }

    private static var site: String { "(SELECT id FROM hourglass_read.site WHERE name = '\(HitFilling.site)')" }

    private static func times(_ period: Range<Int>) -> (since: String, until: String) {
        ("to_timestamp(\(period.lowerBound))", "to_timestamp(\(period.upperBound))")
    }

    /// What the card is counted from: visits, hits, or hits with their visits where both have to pass.
    private var relation: (name: String, definitions: String) {
        let (since, until) = Self.times(period)
        let hits = """
            SELECT ts, visitor, name, path FROM hourglass_read.hit \
            WHERE site_id = \(Self.site) AND ts >= \(since) AND ts < \(until) AND NOT bot\
            \(and(filter.pageCondition("path")))
            """
        let visits = "SELECT * FROM public.dashboard_visit WHERE true\(and(filter.visitCondition))"
        switch card.source {
        case .hits where filter.visitCondition == nil: return ("hits", "hits AS (\(hits))")
        case .visits where filter.page == nil: return ("visited", "visited AS (\(visits))")
        default:
            let joined = """
                SELECT visited.*, ts, name, path FROM visited JOIN hits USING (visitor) WHERE ts BETWEEN start AND ended
                """
            return ("passed", "visited AS (\(visits)), hits AS (\(hits)), passed AS (\(joined))")
        }
    }

    private func and(_ condition: String?) -> String { condition.map { " AND \($0)" } ?? "" }

    private func groups(_ relation: String, _ definitions: String) -> String {
        let second =
            switch card.metrics.dropFirst().first {
            case "pageviews": ", count(*) FILTER (WHERE name = 'pageview')"
            case "events": ", count(*)"
            default: ""
            }
        let order = card.isSeries ? "label" : "visitors DESC, label"
        return """
            WITH \(definitions), counted AS (SELECT label, count(DISTINCT visitor) AS visitors\
            \(second.isEmpty ? "" : "\(second) AS second") \
            FROM (SELECT *, (\(card.label)) COLLATE "C" AS label FROM \(relation)) AS labelled \
            GROUP BY label ORDER BY \(order) LIMIT \(rows)) \
            SELECT json_agg(json_build_object('dimensions', json_build_array(label), \
            'metrics', json_build_array(visitors\(second.isEmpty ? "" : ", second"))) ORDER BY \(order)) FROM counted
            """
    }

    private func totals(_ relation: String, countsHits: Bool, _ definitions: String) -> String {
        let entered = filter.pageCondition("entry_page") ?? "true"
        let views = countsHits ? "(SELECT count(*) FROM passed WHERE name = 'pageview')" : "sum(pageviews)"
        let viewsPerVisit = "coalesce(round(sum(pageviews) * 100::float8 / count(*)) / 100, 0), "
        let columns = "visitor, start, pageviews, is_bounce, duration, entry_page"
        return """
            WITH \(definitions), whole AS (SELECT \(countsHits ? "DISTINCT " : "")\(columns) FROM \(relation)) \
            SELECT json_build_array(json_build_object('dimensions', json_build_array(), 'metrics', json_build_array(\
            count(DISTINCT visitor), count(*), \(views), \
            \(card.metrics(filter).contains("views_per_visit") ? viewsPerVisit : "")\
            coalesce(round(100::float8 * count(*) FILTER (WHERE is_bounce AND \(entered)) \
            / nullif(count(*) FILTER (WHERE \(entered)), 0)), 0), \
            coalesce(round(sum(extract(epoch FROM duration))::float8 / count(*)), 0)))) FROM whole
            """
    }
}
