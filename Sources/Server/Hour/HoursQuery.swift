import Analytics
import HTTP

/// The question of `GET /api/v1/hours`: the moments at which hours end, and the site.
struct HoursQuery {
    /// A moment, in the form in which it was written.
    private enum Written {
        case number(Timestamp.Written)
        case text(Timestamp)

        var timestamp: Timestamp {
            switch self {
            case .number(let written): written.timestamp
            case .text(let timestamp): timestamp
            }
        }
    }

    private(set) var site: SiteName?
    private(set) var steps = HourSteps(first: Timestamp(milliseconds: 0), step: 1_000, count: 0)
    private(set) var format: TableFormat?
    private var first: Written?

    /// - Parameter query: The query string, still encoded.
    /// - Throws: A `QueryRefusal` that names the parameter.
    init(_ query: String) throws(QueryRefusal) {
        var last: Written?
        var step: Int?
        for (name, value) in try QueryParameters(query) {
            switch name {
            case "site", "site_id": site = try SiteName(parameter: value)
            case "from": first = try Self.moment(value, name)
            case "to": last = try Self.moment(value, name)
            case "step": step = try Self.step(value)
            case "format": format = try TableFormat(parsing: value)
            case "key", "share": break
            default: throw QueryRefusal(name, "there is no such parameter")
            }
        }
        guard let first else { throw QueryRefusal("from", "missing") }
        guard let last else { throw QueryRefusal("to", "missing") }
        guard let step else { throw QueryRefusal("step", "missing") }
        steps = try Self.steps(from: first.timestamp, to: last.timestamp, step)
    }

    private static func steps(from first: Timestamp, to last: Timestamp, _ step: Int) throws(QueryRefusal) -> HourSteps
    {
        let span = last.milliseconds - first.milliseconds
        guard (0...HourSteps.limits.span).contains(span) else {
            throw QueryRefusal("to", "not from 'from' to at most ten years after it")
        }
        let count = span / step + 1
        guard count <= HourSteps.limits.count else {
            throw QueryRefusal("step", "more than \(HourSteps.limits.count) moments: ask for a longer step")
        }
        return HourSteps(first: first, step: step, count: count)
    }

    /// Reads seconds or milliseconds since 1970, or a date and time of RFC 3339.
    private static func moment(_ text: String, _ field: String) throws(QueryRefusal) -> Written {
        do throws(Rejection) {
            if text.number != nil { return .number(try Timestamp.Written(parsing: text.utf8Span.span)) }
            return .text(try Timestamp(rfc3339: text.utf8Span.span))
        } catch {
            throw QueryRefusal(field, error.reason.rawValue)
        }
    }

    /// Reads a distance such as `30s`, `5m`, `1h` or `1d`, in milliseconds.
    private static func step(_ text: String) throws(QueryRefusal) -> Int {
        let units: [Character: Int] = ["s": 1_000, "m": 60_000, "h": 3_600_000, "d": 86_400_000]
        guard let unit = text.last.flatMap({ units[$0] }), let number = String(text.dropLast()).number,
            number <= HourSteps.limits.step.upperBound, HourSteps.limits.step.contains(number * unit)
        else { throw QueryRefusal("step", "not from 1s to 1d, such as 30s, 5m or 1h") }
        return number * unit
    }

    /// The counts as a table, in which moments are written as `from` was.
    func table(_ reports: [HourReport]) -> ReportTable {
        ReportTable(
            columns: ["at", "unique_users", "clicks", "impressions"],
            rows: zip(steps.moments, reports).map { moment, report in
                [at(moment), .number(report.uniqueUsers), .number(report.clicks), .number(report.impressions)]
            }
        )
    }

    private func at(_ moment: Timestamp) -> JSON {
        if case .number(let written) = first { return .number(written.number(for: moment)) }
        return .text(moment.textInMilliseconds)
    }
}
