extension String {
    /// The text as a literal of SQL, whatever `standard_conforming_strings` is; characters that cannot be seen are escaped.
    var sqlLiteral: String {
        var (text, isEscaped) = ("", false)
        for scalar in unicodeScalars {
            switch scalar {
            case "'": text += "''"
            case "\\":
                text += "\\\\"
                isEscaped = true
            case _ where scalar.isHidden:
                text += scalar.sqlEscape
                isEscaped = true
            default: text.unicodeScalars.append(scalar)
            }
        }
        return isEscaped ? "E'\(text)'" : "'\(text)'"
    }

    /// A pattern with stars as one of LIKE.
    var likePattern: String {
        var pattern = ""
        for scalar in unicodeScalars {
            switch scalar {
            case "*": pattern += pattern.hasSuffix("%") && !pattern.hasSuffix("\\%") ? "" : "%"
            case "%", "_", "\\": pattern += "\\\(scalar)"
            default: pattern.unicodeScalars.append(scalar)
            }
        }
        return pattern
    }

    /// The lines, each of them further to the right but for the first.
    func indented(by spaces: Int) -> String {
        replacing("\n", with: "\n" + String(repeating: " ", count: spaces))
    }
}

extension Unicode.Scalar {
    /// True for characters that would not be seen, or that would change the order in which others are.
    fileprivate var isHidden: Bool {
        switch properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .unassigned: true
        default: false
        }
    }

    fileprivate var sqlEscape: String {
        let digits = String(value, radix: 16)
        let isShort = digits.count <= 4
        return (isShort ? "\\u" : "\\U") + String(repeating: "0", count: (isShort ? 4 : 8) - digits.count) + digits
    }
}
