import Analytics

/// Filters as Plausible's Stats API v1 writes them: `visit:browser==Firefox;event:page==/a|/b`.
///
/// Tests are joined by `;`, values by `|`; after a backslash each of them is itself. `*` stands for any text.
struct StatsFilters: Sendable {
    let filters: [Filter]

    init(_ text: String) throws(QueryRefusal) {
        var filters: [Filter] = []
        for test in text.split(unescaped: ";") where !test.isEmpty { filters.append(.test(try Self.test(test))) }
        guard filters.count <= Query.limits.tests else {
            throw QueryRefusal("filters", "more than \(Query.limits.tests) filters")
        }
        self.filters = filters
    }

    private static func test(_ text: String) throws(QueryRefusal) -> Filter.Test {
        guard let (name, isNegated, values) = parts(of: text) else {
            throw QueryRefusal("filters", "Invalid filter '\(text)': not a property, == or !=, and values")
        }
        guard let dimension = Dimension(name: name), !dimension.isTime else {
            throw QueryRefusal(
                "filters",
                "Invalid filter property '\(name)'. Please provide a valid filter property: "
                    + "https://plausible.io/docs/stats-api#properties"
            )
        }
        let texts = values.split(unescaped: "|")
        guard texts.count <= Query.limits.values, values.utf8.count <= 65_536 else {
            throw QueryRefusal("filters", "more than \(Query.limits.values) values")
        }
        if dimension == .goal {
            guard !isNegated else {
                throw QueryRefusal("filters", "Invalid filter '\(text)': event:goal is compared with == alone")
            }
            // Stars belong to the names of goals.
            return Filter.Test(.equals, dimension, texts.map(\.unescaped))
        }
        if texts.contains(where: { $0.contains("*") }) {
            return Filter.Test(.matches, dimension, texts.map(\.pattern), isNegated: isNegated)
        }
        return Filter.Test(.equals, dimension, texts.map(\.unescaped), isNegated: isNegated)
    }

    private static func parts(of text: String) -> (name: String, isNegated: Bool, values: String)? {
        guard let sign = text.firstRange(of: "=="), let other = text.firstRange(of: "!=") ?? Optional(sign) else {
            guard let sign = text.firstRange(of: "!=") else { return nil }
            return (String(text[..<sign.lowerBound]), true, String(text[sign.upperBound...]))
        }
        let isNegated = other.lowerBound < sign.lowerBound
        let first = isNegated ? other : sign
        return (String(text[..<first.lowerBound]), isNegated, String(text[first.upperBound...]))
    }
}

extension String {
    /// The parts between separators that no backslash precedes; the backslashes stay.
    fileprivate func split(unescaped separator: Character) -> [String] {
        var (parts, isEscaped) = ([""], false)
        for character in self {
            if character == separator, !isEscaped {
                parts.append("")
            } else {
                parts[parts.count - 1].append(character)
            }
            isEscaped = character == "\\" && !isEscaped
        }
        return parts
    }

    /// The text without the backslashes before separators.
    fileprivate var unescaped: String { replacing("\\|", with: "|").replacing("\\;", with: ";") }

    /// A regular expression for the whole text, in which stars stand for any text.
    fileprivate var pattern: String {
        var pattern = "^"
        for character in unescaped.replacing("**", with: "*") {
            switch character {
            case "*": pattern += ".*"
            case ".", "^", "$", "+", "?", "(", ")", "[", "]", "{", "}", "|", "\\": pattern += "\\\(character)"
            default: pattern.append(character)
            }
        }
        return pattern + "$"
    }
}
