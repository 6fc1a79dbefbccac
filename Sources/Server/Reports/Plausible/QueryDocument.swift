import Analytics

/// A query as `POST /api/v2/query` takes it, before its period is known.
struct QueryDocument: Hashable, Sendable {
    let site: SiteName
    let range: DateRange
    /// The zone of its dates; nil for that of the site.
    let zone: String?
    let metrics: [Metric]
    let dimensions: [DimensionName]
    /// The filters, in which segments mean nothing until those of the site are known.
    private(set) var filters: [Filter]
    /// The filters as they were sent.
    private let writtenFilters: JSONValue?
    let order: [OrderName]
    let include: Include
    let limit: Int
    let offset: Int

    /// A dimension, or `time`, whose unit follows from the period.
    enum DimensionName: Hashable, Sendable {
        case dimension(Dimension)
        case time

        /// The dimension for a period of a length.
        func dimension(forPeriodOf duration: Duration) -> Dimension {
            switch self {
            case .dimension(let dimension): dimension
            case .time: .time(TimeUnit(forPeriodOf: duration))
            }
        }
    }

    struct OrderName: Hashable, Sendable {
        enum Column: Hashable, Sendable {
            case metric(Metric)
            case dimension(DimensionName)
        }

        let column: Column
        let isDescending: Bool
    }

    struct Include: Hashable, Sendable {
        var timeLabels = false
        var totalRows = false
        var trimRelativeDateRange = false
        var bots = false
        var compare: ComparedPeriod?
        var matchDayOfWeek = false
        var explain = false
        var excluded = false
        var late = false
    }

    private static let members: Set<String> = [
        "site_id", "metrics", "date_range", "dimensions", "filters", "order_by", "include", "pagination", "timezone",
    ]

    init(_ document: JSONValue) throws(QueryRefusal) {
        guard let members = document.object else { throw QueryRefusal("body", "a query is a JSON object") }
        if let unknown = members.keys.filter({ !Self.members.contains($0) }).min() {
            throw .at(unknown, "Schema does not allow additional properties.")
        }
        for required in ["site_id", "metrics", "date_range"] where members[required] == nil {
            throw QueryRefusal(required, "#: Required property \(required) was not present.")
        }
        site = try Self.site(members["site_id"] ?? .null)
        range = try DateRange(members["date_range"] ?? .null)
        zone = try Self.zone(members["timezone"])
        metrics = try Self.metrics(members["metrics"] ?? .null)
        dimensions = try Self.dimensions(members["dimensions"])
        writtenFilters = members["filters"]
        filters = try FilterReader.filters(writtenFilters, segments: .unknown)
        order = try Self.order(members["order_by"], metrics, dimensions)
        include = try Include(members["include"])
        (limit, offset) = try Self.pagination(members["pagination"], limit: Query.limits.rows)
        try checkLabels()
    }

    /// Puts the filters of segments in the places where they are named.
    ///
    /// - Parameter segments: The segments of the site.
    /// - Throws: `QueryRefusal` of a segment that the site does not have.
    mutating func use(_ segments: [Segment]) throws(QueryRefusal) {
        filters = try FilterReader.filters(writtenFilters, segments: .known(segments))
    }

    static func site(_ value: JSONValue) throws(QueryRefusal) -> SiteName {
        guard let name = value.text else { throw .type("site_id", "String", value) }
        guard let site = try? SiteName(parsing: name.utf8Span.span) else {
            throw .at("site_id", "not a name of a site")
        }
        return site
    }

    static func zone(_ value: JSONValue?) throws(QueryRefusal) -> String? {
        guard let value else { return nil }
        guard let zone = value.text else { throw .type("timezone", "String", value) }
        // Names of PostgreSQL's would let an offset such as +05 pass, with the opposite sign of ISO 8601.
        guard zone.utf8.count <= 64, zone == "UTC" || zone.contains("/"),
            zone.utf8.allSatisfy({ $0.isZoneByte })
        else { throw .at("timezone", "Invalid timezone \"\(zone)\"") }
        return zone
    }

    private static func metrics(_ value: JSONValue) throws(QueryRefusal) -> [Metric] {
        guard let values = value.array else { throw .type("metrics", "Array", value) }
        guard !values.isEmpty else { throw .at("metrics", "Expected a minimum of 1 items but got 0.") }
        guard values.count <= Query.limits.metrics else {
            throw .at("metrics", "Expected a maximum of \(Query.limits.metrics) items but got \(values.count).")
        }
        var metrics: [Metric] = []
        for (place, value) in values.enumerated() {
            guard let metric = value.text.flatMap(Metric.init) else {
                throw .at("metrics/\(place)", "Invalid metric \(value)")
            }
            metrics.append(metric)
        }
        guard Set(metrics).count == metrics.count else {
            throw .at("metrics", "Expected items to be unique but they were not.")
        }
        return metrics
    }

    private static func dimensions(_ value: JSONValue?) throws(QueryRefusal) -> [DimensionName] {
        guard let value else { return [] }
        guard let values = value.array else { throw .type("dimensions", "Array", value) }
        guard values.count <= Query.limits.dimensions else {
            throw .at("dimensions", "Expected a maximum of \(Query.limits.dimensions) items but got \(values.count).")
        }
        var dimensions: [DimensionName] = []
        for (place, value) in values.enumerated() {
            guard let dimension = value.text.flatMap(DimensionName.init) else {
                throw .at("dimensions/\(place)", "Invalid dimension \(value)")
            }
            dimensions.append(dimension)
        }
        guard Set(dimensions).count == dimensions.count else {
            throw .at("dimensions", "Expected items to be unique but they were not.")
        }
        return dimensions
    }

    private static func order(
        _ value: JSONValue?,
        _ metrics: [Metric],
        _ dimensions: [DimensionName]
    ) throws(QueryRefusal) -> [OrderName] {
        guard let value else { return [] }
        guard let values = value.array else { throw .type("order_by", "Array", value) }
        var order: [OrderName] = []
        for (place, value) in values.enumerated() {
            guard let pair = value.array, pair.count == 2, let name = pair[0].text,
                let direction = pair[1].text, direction == "asc" || direction == "desc"
            else { throw .at("order_by/\(place)", "Invalid order_by entry \(value)") }
            let column: OrderName.Column
            if let metric = Metric(rawValue: name) {
                column = .metric(metric)
                guard metrics.contains(metric) else { throw notQueried(":\(name)", direction) }
            } else if let dimension = DimensionName(name) {
                column = .dimension(dimension)
                guard dimensions.contains(dimension) else { throw notQueried("\"\(name)\"", direction) }
            } else {
                throw .at("order_by/\(place)/0", "Invalid value in order_by \"\(name)\"")
            }
            order.append(OrderName(column: column, isDescending: direction == "desc"))
        }
        return order
    }

    private static func notQueried(_ name: String, _ direction: String) -> QueryRefusal {
        QueryRefusal(
            "order_by",
            "Invalid order_by entry '{\(name), :\(direction)}'. Entry is not a queried metric or dimension."
        )
    }

    /// Reads limit and offset.
    ///
    /// - Parameters:
    ///   - value: The member; nil if it is missing.
    ///   - usual: The limit unless it is told.
    /// - Returns: The limit and the offset.
    /// - Throws: A `QueryRefusal` that names the member.
    static func pagination(_ value: JSONValue?, limit usual: Int) throws(QueryRefusal) -> (Int, Int) {
        guard let value else { return (usual, 0) }
        guard let members = value.object else { throw .type("pagination", "Object", value) }
        if let unknown = members.keys.filter({ $0 != "limit" && $0 != "offset" }).min() {
            throw .at("pagination/\(unknown)", "Schema does not allow additional properties.")
        }
        let limit = try number("pagination/limit", members["limit"], 1...Query.limits.rows) ?? usual
        return (limit, try number("pagination/offset", members["offset"], 0...Query.limits.groups) ?? 0)
    }

    private static func number(
        _ path: String,
        _ value: JSONValue?,
        _ range: ClosedRange<Int>
    ) throws(QueryRefusal) -> Int? {
        guard let value else { return nil }
        guard let number = value.int else { throw .type(path, "Integer", value) }
        guard number <= range.upperBound else { throw .at(path, "Expected the value to be <= \(range.upperBound)") }
        guard number >= range.lowerBound else { throw .at(path, "Expected the value to be >= \(range.lowerBound)") }
        return number
    }

    private func checkLabels() throws(QueryRefusal) {
        let times = dimensions.filter { name in
            if case .dimension(let dimension) = name { dimension.isTime } else { true }
        }
        guard !include.timeLabels || !times.isEmpty else {
            throw QueryRefusal("include", "Invalid include.time_labels: requires a time dimension.")
        }
        guard include.compare == nil || times.count < 2 else {
            throw QueryRefusal("include", "Invalid include.compare: with one time dimension at most.")
        }
    }
}

extension QueryDocument.DimensionName {
    init?(_ name: String) {
        if name == "time" {
            self = .time
        } else if let dimension = Dimension(name: name) {
            self = .dimension(dimension)
        } else {
            return nil
        }
    }
}

extension QueryDocument.Include {
    init(_ value: JSONValue?) throws(QueryRefusal) {
        guard let value else { return }
        guard let members = value.object else { throw .type("include", "Object", value) }
        for (name, value) in members.sorted(by: { $0.key < $1.key }) {
            if name == "compare" {
                compare = try ComparedPeriod(value)
                continue
            }
            guard let flag = value.bool else { throw .type("include/\(name)", "Boolean", value) }
            switch name {
            case "time_labels": timeLabels = flag
            case "total_rows": totalRows = flag
            case "trim_relative_date_range": trimRelativeDateRange = flag
            case "bots": bots = flag
            case "match_day_of_week": matchDayOfWeek = flag
            case "explain": explain = flag
            case "excluded": excluded = flag
            case "late": late = flag
            // There are no imported numbers beside the hits.
            case "imports": break
            default: throw .at("include/\(name)", "Schema does not allow additional properties.")
            }
        }
    }
}

extension DateRange {
    init(_ value: JSONValue) throws(QueryRefusal) {
        switch value {
        case .text(let name):
            guard let range = DateRange(name: name) else { throw Self.invalid(value) }
            self = range
        case .array(let values):
            guard values.count == 2, let first = values[0].text, let last = values[1].text,
                let range = DateRange(first, last)
            else { throw Self.invalid(value) }
            self = range
        default: throw Self.invalid(value)
        }
    }

    private static func invalid(_ value: JSONValue) -> QueryRefusal {
        .at("date_range", "Invalid date range \(value)")
    }

    /// Reads two dates, or two moments of RFC 3339, the second of which is the last second of the range.
    private init?(_ first: String, _ last: String) {
        if first.isDateForm, last.isDateForm {
            guard first <= last else { return nil }
            self = .dates(first, last)
        } else {
            guard let start = try? Timestamp(rfc3339: first.utf8Span.span),
                let end = try? Timestamp(rfc3339: last.utf8Span.span),
                let period = Period(from: start, to: end.advanced(by: .seconds(1)))
            else { return nil }
            self = .moments(period)
        }
    }
}

extension String {
    /// True for the form of a date, `2026-01-05`.
    var isDateForm: Bool {
        let bytes = Array(utf8)
        guard bytes.count == 10 else { return false }
        return bytes.enumerated().allSatisfy { place, byte in
            place == 4 || place == 7 ? byte == UInt8(ascii: "-") : 0x30...0x39 ~= byte
        }
    }
}

extension UInt8 {
    /// True for a byte that names of time zones have.
    fileprivate var isZoneByte: Bool {
        switch self {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "-"),
            UInt8(ascii: "+"):
            true
        default: false
        }
    }
}
