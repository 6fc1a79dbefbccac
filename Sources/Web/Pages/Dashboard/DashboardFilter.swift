import Analytics

/// A condition on the hits of a dashboard, as the parameter `filter` of its address has it.
package struct DashboardFilter: Sendable, Hashable {
    /// The short name of the field, such as `country`.
    package let field: String
    /// The operator, such as `==`.
    package let sign: String
    /// The values, of which any may hold.
    package let values: [String]

    /// - Parameters:
    ///   - field: The short name of the field.
    ///   - sign: The operator.
    ///   - values: The values.
    package init(_ field: String, _ sign: String, _ values: [String]) {
        self.field = field
        self.sign = sign
        self.values = values
    }

    /// The value of the parameter, percent-encoded; commas stand between values.
    package var encoded: String {
        field.percentEncoded + sign + values.map(\.percentEncoded).joined(separator: ",")
    }

    /// The filter that takes what this one leaves out.
    var opposite: DashboardFilter {
        let signs = ["==": "!=", "!=": "==", "=@": "!@", "!@": "=@", "=~": "!~", "!~": "=~"]
        return DashboardFilter(field, signs[sign] ?? sign, values)
    }

    /// The values, with names in the place of codes of countries.
    var shownValues: HTML {
        let names: [HTML] = values.enumerated().map { index, value in
            let name = field == "country" ? CountryNames.name(of: value) ?? value : value
            return "\(index > 0 ? " or " : "")<strong>\(HTML.name(name))</strong>"
        }
        return "\(names)"
    }

    /// The operator in words.
    var words: String {
        switch sign {
        case "==": "is"
        case "!=": "is not"
        case "=@": "contains"
        case "!@": "does not contain"
        case "=~": "matches"
        default: "does not match"
        }
    }
}
