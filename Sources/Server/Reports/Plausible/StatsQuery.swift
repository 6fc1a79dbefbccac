import Analytics
import HTTP
import Ingest

/// A question as `GET /api/v1/stats/…` takes it: the parameters of Plausible's Stats API v1.
struct StatsQuery: Sendable {
    let site: SiteName
    let range: DateRange
    /// The date that counts as today.
    let date: String?
    let metrics: [Metric]
    var filters: [Filter]
    /// The name of the period, by which buckets follow where nothing else is asked for.
    let period: String

    private static let documentation = "https://plausible.io/docs/stats-api"

    init(_ parameters: [String: String]) throws(QueryRefusal) {
        site = try Self.site(parameters["site_id"])
        period = parameters["period"] ?? "30d"
        (range, date) = try Self.range(period, parameters["date"])
        metrics = try Self.metrics(parameters["metrics"] ?? "visitors")
        filters = try StatsFilters(parameters["filters"] ?? "").filters
    }

    /// Reads the parameter `site_id`.
    static func site(_ name: String?) throws(QueryRefusal) -> SiteName {
        guard let name, !name.isEmpty else {
            throw QueryRefusal(
                "site_id",
                "Missing site ID. Please provide the required site_id parameter with your request."
            )
        }
        guard let site = try? SiteName(parsing: name.utf8Span.span) else {
            throw QueryRefusal("site_id", "not a name of a site")
        }
        return site
    }

    private static func range(_ period: String, _ date: String?) throws(QueryRefusal) -> (DateRange, String?) {
        if period == "custom" { return (try custom(date), nil) }
        if let date {
            guard date.isDateForm else {
                throw QueryRefusal(
                    "date",
                    "Error parsing `date` parameter: invalid_format. Please specify a valid date in ISO-8601 format."
                )
            }
        }
        switch period {
        case "day": return (.day, date)
        case "7d": return (.days(7), date)
        case "30d": return (.days(30), date)
        case "month": return (.month, date)
        case "6mo": return (.monthsThrough(6), date)
        case "12mo": return (.monthsThrough(12), date)
        default:
            throw QueryRefusal(
                "period",
                "Error parsing `period` parameter: invalid period `\(period)`. Please find accepted values in our docs: "
                    + "\(documentation)#time-periods"
            )
        }
    }

    private static func custom(_ date: String?) throws(QueryRefusal) -> DateRange {
        guard let date else {
            throw QueryRefusal(
                "date",
                "The `date` parameter is required when using a custom period. See \(documentation)#time-periods"
            )
        }
        let ends = date.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
        guard ends.count == 2, ends[0].isDateForm, ends[1].isDateForm, ends[0] <= ends[1] else {
            throw QueryRefusal(
                "date",
                "Invalid format for `date` parameter. When using a custom period, please include two ISO-8601 formatted "
                    + "dates joined by a comma. See \(documentation)#time-periods"
            )
        }
        return .dates(ends[0], ends[1])
    }

    private static let known: [Metric] = [
        .visitors, .visits, .pageviews, .viewsPerVisit, .bounceRate, .visitDuration, .events, .timeOnPage,
        .conversionRate,
    ]

    private static func metrics(_ text: String) throws(QueryRefusal) -> [Metric] {
        var metrics: [Metric] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let metric = Metric(rawValue: String(name)), known.contains(metric) else {
                throw QueryRefusal(
                    "metrics",
                    "The metric `\(name)` is not recognized. Find valid metrics from the documentation: "
                        + "\(documentation)#metrics"
                )
            }
            metrics.append(metric)
        }
        guard Set(metrics).count == metrics.count else {
            throw QueryRefusal("metrics", "Metrics cannot be queried multiple times.")
        }
        return metrics
    }

    /// Reads the property of a breakdown.
    static func property(_ name: String?) throws(QueryRefusal) -> Dimension {
        guard let name else {
            throw QueryRefusal(
                "property",
                "The `property` parameter is required. Please provide at least one property to show a breakdown by."
            )
        }
        guard let dimension = Dimension(name: name), !dimension.isTime else {
            throw QueryRefusal(
                "property",
                "Invalid property '\(name)'. Please provide a valid property for the breakdown endpoint: "
                    + "\(documentation)#properties"
            )
        }
        return dimension
    }

    /// Reads the unit of a series.
    func unit(_ interval: String?) throws(QueryRefusal) -> TimeUnit {
        switch interval {
        case nil: period == "day" ? .hour : period.hasSuffix("mo") ? .month : .day
        case "day": .day
        case "month": .month
        case let interval?:
            throw QueryRefusal(
                "interval",
                "Error parsing `interval` parameter: invalid interval `\(interval)`. Valid intervals are `day`, `month`"
            )
        }
    }

    /// Reads a number of rows or the number of a page.
    static func number(
        _ text: String?,
        _ field: String,
        default value: Int,
        in range: ClosedRange<Int>
    ) throws(QueryRefusal) -> Int {
        guard let text else { return value }
        guard let number = Int(text), range.contains(number) else {
            throw QueryRefusal(
                field,
                "Please provide \(field) as a number between \(range.lowerBound) and \(range.upperBound)."
            )
        }
        return number
    }
}
