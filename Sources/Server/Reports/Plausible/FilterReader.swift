import Analytics

/// The reading of the filters of a query.
enum FilterReader {
    static func filters(_ value: JSONValue?) throws(QueryRefusal) -> [Filter] {
        guard let value else { return [] }
        guard let values = value.array else { throw .type("filters", "Array", value) }
        var filters: [Filter] = []
        for (place, value) in values.enumerated() {
            filters.append(try filter(value, "filters/\(place)", depth: 1, isDone: false))
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

    private static func filter(
        _ value: JSONValue,
        _ path: String,
        depth: Int,
        isDone: Bool
    ) throws(QueryRefusal) -> Filter {
        guard depth <= Query.limits.depth else {
            throw .at(path, "Expected a maximum of \(Query.limits.depth) levels.")
        }
        guard let items = value.array, let name = items.first?.text else { throw invalid(value, path) }
        switch name {
        case "and", "or":
            guard items.count == 2, let values = items[1].array, !values.isEmpty else { throw invalid(value, path) }
            var parts: [Filter] = []
            for (place, value) in values.enumerated() {
                parts.append(try filter(value, "\(path)/1/\(place)", depth: depth + 1, isDone: isDone))
            }
            return name == "and" ? .all(parts) : .any(parts)
        case "not":
            guard items.count == 2 else { throw invalid(value, path) }
            return .not(try filter(items[1], "\(path)/1", depth: depth + 1, isDone: isDone))
        case "has_done", "has_not_done":
            guard items.count == 2, !isDone else { throw invalid(value, path) }
            let inner = try filter(items[1], "\(path)/1", depth: depth + 1, isDone: true)
            guard inner.tests.allSatisfy(\.dimension.isOfHits) else { throw invalid(value, path) }
            return name == "has_done" ? .done(inner) : .not(.done(inner))
        default: return .test(try test(name, items, value, path))
        }
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
