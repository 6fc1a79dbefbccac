import Analytics

/// The reading of the filters of a query.
struct FilterReader {
    /// The segments that filters may name.
    enum Segments {
        /// None at all: the filters are kept.
        case refused
        /// Those of a site that is not known yet; each counts as a test that means nothing.
        case unknown
        case known([Segment])
    }

    let segments: Segments

    /// Reads filters.
    ///
    /// - Parameters:
    ///   - value: An array; nil for none.
    ///   - segments: The segments that they may name.
    /// - Returns: The filters, those of segments in the place of these.
    /// - Throws: `QueryRefusal`
    static func filters(
        _ value: JSONValue?,
        segments: Segments = .refused
    ) throws(QueryRefusal) -> [Filter] {
        guard let value else { return [] }
        guard let values = value.array else { throw .type("filters", "Array", value) }
        let reader = FilterReader(segments: segments)
        var filters: [Filter] = []
        for (place, value) in values.enumerated() {
            let filter = try reader.filter(value, "filters/\(place)", depth: 1, isDone: false)
            // A segment stands for its filters, which may mean more at the top than below it.
            if value.isSegment, case .all(let own) = filter { filters += own } else { filters.append(filter) }
        }
        let nested = filters.filter { if case .test = $0 { false } else { true } }.flatMap(\.ownTests)
        guard !nested.contains(where: { $0.dimension == .goal }) else {
            throw QueryRefusal(
                "filters",
                "Invalid filters. Dimension `event:goal` can only be filtered at the top level."
            )
        }
        guard filters.flatMap(\.tests).count <= Query.limits.tests else {
            throw .at("filters", "Expected a maximum of \(Query.limits.tests) tests.")
        }
        return filters
    }

    private func filter(
        _ value: JSONValue,
        _ path: String,
        depth: Int,
        isDone: Bool
    ) throws(QueryRefusal) -> Filter {
        guard depth <= Query.limits.depth else {
            throw .at(path, "Expected a maximum of \(Query.limits.depth) levels.")
        }
        guard let items = value.array, let name = items.first?.text else { throw Self.invalid(value, path) }
        switch name {
        case "and", "or":
            guard items.count == 2, let values = items[1].array, !values.isEmpty else {
                throw Self.invalid(value, path)
            }
            var parts: [Filter] = []
            for (place, value) in values.enumerated() {
                parts.append(try filter(value, "\(path)/1/\(place)", depth: depth + 1, isDone: isDone))
            }
            return name == "and" ? .all(parts) : .any(parts)
        case "not":
            guard items.count == 2 else { throw Self.invalid(value, path) }
            return .not(try filter(items[1], "\(path)/1", depth: depth + 1, isDone: isDone))
        case "has_done", "has_not_done":
            guard items.count == 2, !isDone else { throw Self.invalid(value, path) }
            let inner = try filter(items[1], "\(path)/1", depth: depth + 1, isDone: true)
            guard inner.tests.allSatisfy(\.dimension.isOfHits) else { throw Self.invalid(value, path) }
            return name == "has_done" ? .done(inner) : .not(.done(inner))
        case "segment": return try segment(items, value, path, depth: depth, isDone: isDone)
        default: return .test(try Self.test(name, items, value, path))
        }
    }

    /// The filters of segments, of which one has to pass.
    private func segment(
        _ items: [JSONValue],
        _ value: JSONValue,
        _ path: String,
        depth: Int,
        isDone: Bool
    ) throws(QueryRefusal) -> Filter {
        guard items.count == 2, let ids = items[1].array, 1...Query.limits.tests ~= ids.count else {
            throw Self.invalid(value, path)
        }
        var choices: [Filter] = []
        for id in ids {
            guard let number = id.int else { throw Self.invalid(value, path) }
            switch segments {
            case .refused: throw .at(path, "Filters that are kept cannot name segments.")
            case .unknown: choices.append(.test(Filter.Test(.equals, .hit(.name), [])))
            case .known(let segments):
                guard let segment = segments.first(where: { Int($0.id.rawValue) == number }) else {
                    throw QueryRefusal("filters", "Invalid filters. The site has no segment \(number).")
                }
                choices.append(try contents(of: segment, path, depth: depth, isDone: isDone))
            }
        }
        return choices.count == 1 ? choices[0] : .any(choices)
    }

    private func contents(
        of segment: Segment,
        _ path: String,
        depth: Int,
        isDone: Bool
    ) throws(QueryRefusal) -> Filter {
        guard let values = JSONValue(segment.filters.utf8)?.array else {
            throw .at(path, "The filters of the segment \(segment.id.rawValue) are not understood.")
        }
        let reader = FilterReader(segments: .refused)
        var filters: [Filter] = []
        for value in values { filters.append(try reader.filter(value, path, depth: depth + 1, isDone: isDone)) }
        return .all(filters)
    }

    private static func test(
        _ name: String,
        _ items: [JSONValue],
        _ value: JSONValue,
        _ path: String
    ) throws(QueryRefusal) -> Filter.Test {
        let isNegated = name.hasSuffix("_not")
        guard let comparison = Filter.Test.Operator(rawValue: isNegated ? String(name.dropLast(4)) : name),
            3...4 ~= items.count, let dimension = items[1].text.flatMap(Dimension.init(name:)), !dimension.isTime,
            let values = items[2].array, !values.isEmpty
        else { throw invalid(value, path) }
        guard values.count <= Query.limits.values else {
            throw .at("\(path)/2", "Expected a maximum of \(Query.limits.values) items but got \(values.count).")
        }
        var texts: [String] = []
        for wanted in values {
            guard let text = wanted.text ?? wanted.int.map(String.init), !text.utf8.contains(0) else {
                throw invalid(value, path)
            }
            guard comparison != .matches || text.utf8.count <= Query.limits.patternBytes else {
                throw .at("\(path)/2", "Expected patterns of at most \(Query.limits.patternBytes) bytes.")
            }
            texts.append(text)
        }
        try checkCountry(comparison, dimension, texts)
        let test = Filter.Test(
            comparison,
            dimension,
            texts,
            isNegated: isNegated,
            ignoresCase: try ignoresCase(items, comparison, value, path)
        )
        guard dimension != .goal || test.suitsGoals else { throw invalid(value, path) }
        return test
    }

    private static func checkCountry(
        _ comparison: Filter.Test.Operator,
        _ dimension: Dimension,
        _ texts: [String]
    ) throws(QueryRefusal) {
        guard comparison == .equals, dimension == .visit(.country) else { return }
        let areCodes = texts.allSatisfy { text in
            text == dimension.blank || text.utf8.count == 2 && text.utf8.allSatisfy { 65...90 ~= $0 }
        }
        guard areCodes else {
            throw QueryRefusal(
                "filters",
                "Invalid visit:country filter, visit:country needs to be a valid 2-letter country code."
            )
        }
    }

    private static func ignoresCase(
        _ items: [JSONValue],
        _ comparison: Filter.Test.Operator,
        _ value: JSONValue,
        _ path: String
    ) throws(QueryRefusal) -> Bool {
        guard items.count == 4 else { return false }
        guard let options = items[3].object, options.count == 1, let isSensitive = options["case_sensitive"]?.bool,
            comparison != .matches
        else { throw invalid(value, path) }
        return !isSensitive
    }

    private static func invalid(_ value: JSONValue, _ path: String) -> QueryRefusal {
        .at(path, "Invalid filter \(value)")
    }
}

extension JSONValue {
    /// True for a filter that names segments.
    fileprivate var isSegment: Bool { array?.first == .text("segment") }
}
