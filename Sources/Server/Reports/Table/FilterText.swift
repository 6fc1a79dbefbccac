import Analytics

/// A filter in the parameters of `GET /api/v1/stats`: a field, an operator and values, such as `country==DE,FR`.
///
/// Values are separated by commas; one that belongs to a value is percent-encoded as `%2C`.
enum FilterText {
    private static let operators: [(text: String, comparison: Filter.Test.Operator, isNegated: Bool)] = [
        ("==", .equals, false), ("!=", .equals, true), ("=@", .contains, false), ("!@", .contains, true),
        ("=~", .matches, false), ("!~", .matches, true),
    ]

    /// The operator of a test.
    static func sign(of test: Filter.Test) -> String {
        operators.first { $0.comparison == test.comparison && $0.isNegated == test.isNegated }?.text ?? "=="
    }

    /// Reads a filter as it stands in a query string.
    static func filter(_ written: String) throws(QueryRefusal) -> Filter {
        // The operator may be encoded, the commas between values may not.
        let first = operators.compactMap { sign in
            written.range(ofDecoded: sign.text).map { (range: $0, sign: sign) }
        }.min { $0.range.lowerBound < $1.range.lowerBound }
        guard let (range, sign) = first, let name = written[..<range.lowerBound].percentDecoded else {
            throw QueryRefusal("filter", "'\(written)' is not a field, one of == != =@ !@ =~ !~, and values")
        }
        guard let dimension = FieldName.dimension(name), !dimension.isTime else {
            throw QueryRefusal("filter", "there is no field '\(name)'")
        }
        var values: [String] = []
        for part in written[range.upperBound...].split(separator: ",", omittingEmptySubsequences: false) {
            guard let value = part.percentDecoded, !value.utf8.contains(0) else {
                throw QueryRefusal("filter", "'\(part)' is no text in percent-encoded UTF-8")
            }
            values.append(value)
        }
        guard values.count <= Query.limits.values else {
            throw QueryRefusal("filter", "more than \(Query.limits.values) values")
        }
        guard sign.comparison != .matches || values.allSatisfy({ $0.utf8.count <= Query.limits.patternBytes }) else {
            throw QueryRefusal("filter", "a pattern of more than \(Query.limits.patternBytes) bytes")
        }
        let test = Filter.Test(sign.comparison, dimension, values, isNegated: sign.isNegated)
        guard dimension != .goal || test.suitsGoals else {
            throw QueryRefusal("filter", "a goal is compared with == or =@")
        }
        return .test(test)
    }
}

extension String {
    /// The first place of a text, some of whose characters may be percent-encoded.
    fileprivate func range(ofDecoded sign: String) -> Range<Index>? {
        let hex: [Character: String] = ["=": "%3d", "!": "%21", "@": "%40", "~": "%7e"]
        for start in indices {
            var place = start
            var isFound = true
            for character in sign {
                let rest = self[place...]
                if rest.first == character {
                    place = index(after: place)
                } else if let code = hex[character], rest.prefix(3).lowercased() == code {
                    place = index(place, offsetBy: 3)
                } else {
                    isFound = false
                    break
                }
            }
            if isFound { return start..<place }
        }
        return nil
    }
}
