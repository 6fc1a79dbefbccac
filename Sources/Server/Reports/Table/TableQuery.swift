import Analytics

/// A question as `GET /api/v1/stats` takes it, in the parameters of a URL.
struct TableQuery: Sendable {
    private(set) var site: SiteName?
    private(set) var period = PeriodParameters()
    private(set) var metrics: [Metric] = [.visitors]
    private(set) var dimensions: [Dimension] = []
    private(set) var filters: [Filter] = []
    /// The segments, as queries write them.
    private var segments: [JSONValue] = []
    private(set) var order: [Query.Order] = []
    private(set) var limit = Query.limits.rows
    private(set) var offset = 0
    private(set) var format: TableFormat?
    /// True to count the hits of machines too.
    private(set) var includesBots = false

    /// - Parameter query: The query string, still encoded.
    /// - Throws: A `QueryRefusal` that names the parameter.
    init(_ query: String) throws(QueryRefusal) {
        var sort: String?
        for pair in query.split(separator: "&") {
            let parts = pair.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
            let written = parts.dropFirst().first ?? ""
            // A filter is decoded value by value.
            guard let name = parts[0].percentDecoded, let value = name == "filter" ? "" : written.percentDecoded else {
                // A value may be the text of a share link.
                throw QueryRefusal("query", "'\(parts[0])' is no text in percent-encoded UTF-8")
            }
            switch name {
            case "site", "site_id": site = try SiteName(parameter: value)
            case "metrics": metrics = try Self.metrics(value)
            case "by": dimensions = try Self.dimensions(value)
            case "filter": filters.append(try FilterText.filter(String(written)))
            case "segment": segments.append(try Self.segment(value))
            case "sort": sort = value
            case "limit": limit = try StatsQuery.number(value, name, default: limit, in: 1...Query.limits.rows)
            case "offset": offset = try StatsQuery.number(value, name, default: 0, in: 0...Query.limits.groups)
            case "format": format = try TableFormat(parsing: value)
            case "bots":
                guard let bots = ["true": true, "false": false][value] else {
                    throw QueryRefusal(name, "not true or false")
                }
                includesBots = bots
            case "key", "share": break
            default:
                guard try period.take(name, value) else { throw QueryRefusal(name, "there is no such parameter") }
            }
        }
        _ = try period.range()
        if let sort { order = try Self.order(sort, metrics, dimensions) }
        try Self.check(filters)
    }

    /// The filters, with those of segments.
    ///
    /// - Parameter segments: The segments of the site.
    /// - Returns: The filters, all of which a hit has to meet.
    /// - Throws: A `QueryRefusal` of a segment that the site does not have.
    func allFilters(with segments: [Segment]) throws(QueryRefusal) -> [Filter] {
        do throws(QueryRefusal) {
            let written = JSONValue.array(self.segments)
            // Refuses too many before they are read.
            _ = try FilterReader.filters(written, segments: .unknown)
            let all = filters + (try FilterReader.filters(written, segments: .known(segments)))
            try Self.check(all)
            return all
        } catch {
            throw QueryRefusal("segment", error.detail)
        }
    }

    private static func check(_ filters: [Filter]) throws(QueryRefusal) {
        guard filters.flatMap(\.tests).count <= Query.limits.tests else {
            throw QueryRefusal("filter", "more than \(Query.limits.tests) filters")
        }
    }

    /// Reads ids with commas, of which any may take a hit.
    private static func segment(_ text: String) throws(QueryRefusal) -> JSONValue {
        var ids: [JSONValue] = []
        for part in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let id = Int32(part), id > 0 else { throw QueryRefusal("segment", "'\(part)' is no id of a segment") }
            ids.append(.number(Double(id)))
        }
        guard ids.count <= Query.limits.tests else {
            throw QueryRefusal("segment", "more than \(Query.limits.tests) segments")
        }
        return .array([.text("segment"), .array(ids)])
    }

    private static func metrics(_ text: String) throws(QueryRefusal) -> [Metric] {
        var metrics: [Metric] = []
        for name in text.split(separator: ",", omittingEmptySubsequences: false) {
            guard let metric = Metric(rawValue: String(name)) else {
                let names = Metric.allCases.map(\.rawValue).joined(separator: ", ")
                throw QueryRefusal("metrics", "'\(name)' is not one of \(names)")
            }
            if !metrics.contains(metric) { metrics.append(metric) }
        }
        return metrics
    }

    private static func dimensions(_ text: String) throws(QueryRefusal) -> [Dimension] {
        var dimensions: [Dimension] = []
        for name in text.split(separator: ",") {
            guard let dimension = FieldName.dimension(String(name)) else {
                throw QueryRefusal("by", "there is no field '\(name)'")
            }
            if !dimensions.contains(dimension) { dimensions.append(dimension) }
        }
        guard dimensions.count <= Query.limits.dimensions else {
            throw QueryRefusal("by", "more than \(Query.limits.dimensions) fields")
        }
        return dimensions
    }

    /// Reads columns with commas; a minus before one means the greatest first.
    private static func order(
        _ text: String,
        _ metrics: [Metric],
        _ dimensions: [Dimension]
    ) throws(QueryRefusal) -> [Query.Order] {
        var order: [Query.Order] = []
        for part in text.split(separator: ",") {
            let isDescending = part.hasPrefix("-")
            let name = String(isDescending ? part.dropFirst() : part)
            if let metric = Metric(rawValue: name), metrics.contains(metric) {
                order.append(Query.Order(.metric(metric), isDescending: isDescending))
            } else if let dimension = FieldName.dimension(name), dimensions.contains(dimension) {
                order.append(Query.Order(.dimension(dimension), isDescending: isDescending))
            } else {
                throw QueryRefusal("sort", "'\(name)' is neither among the metrics nor in `by`")
            }
        }
        return order
    }
}

extension SiteName {
    /// Reads the parameter `site`.
    ///
    /// - Throws: A `QueryRefusal`
    init(parameter text: String) throws(QueryRefusal) {
        guard let site = try? SiteName(parsing: text.utf8Span.span) else {
            throw QueryRefusal("site", "not a name of a site")
        }
        self = site
    }
}
