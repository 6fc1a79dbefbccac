/// A parameter of a saved query: `-- param limit integer = 10`.
package struct QueryParameter: Hashable, Sendable {
    /// The type; the raw value is its name in PostgreSQL.
    package enum Kind: String, Sendable, CaseIterable {
        case integer, bigint, numeric, boolean, text, date, timestamptz
    }

    package let name: String
    package let kind: Kind
    /// The value where none is given; nil for a parameter that has to be given.
    package let standard: String?

    package init(name: String, kind: Kind, standard: String? = nil) {
        self.name = name
        self.kind = kind
        self.standard = standard
    }

    /// The parameters that every query has, whose values follow from the site and the dates that are asked about.
    package static let given: [String: Kind] = [
        "site": .integer, "from": .timestamptz, "to": .timestamptz, "zone": .text,
    ]

    /// The names that a query cannot give to its own parameters, since requests use them.
    private static let taken: Set<String> = Set(given.keys).union([
        "days", "t0", "t1", "format", "share", "key", "site_id", "sort", "search", "action", "sql",
    ])

    /// Reads a declaration behind the word `param`; nil if it is none.
    init?(declaration text: Substring) {
        let parts = text.split(separator: "=", maxSplits: 1, omittingEmptySubsequences: false)
        let words = parts[0].split(separator: " ", omittingEmptySubsequences: true)
        guard words.count == 2, let kind = Kind(rawValue: words[1].lowercased()) else { return nil }
        let name = String(words[0])
        guard name.count <= 40, let first = name.utf8.first, (0x61...0x7A).contains(first),
            name.utf8.allSatisfy({ (0x61...0x7A).contains($0) || (0x30...0x39).contains($0) || $0 == 0x5F }),
            !Self.taken.contains(name)
        else { return nil }
        self.init(name: name, kind: kind, standard: parts.dropFirst().first.map(Self.unquoted))
        if let standard, !accepts(standard) { return nil }
    }

    private static func unquoted(_ text: Substring) -> String {
        let text = text.trimmedBlanks
        guard text.count >= 2, text.first == "'", text.last == "'" else { return String(text) }
        return String(text.dropFirst().dropLast()).replacing("''", with: "'")
    }

    /// True if a text is a value of the type.
    package func accepts(_ text: String) -> Bool {
        switch kind {
        case .integer: Int32(text) != nil
        case .bigint: Int64(text) != nil
        case .numeric: Double(text)?.isFinite == true && text.utf8.count <= 100
        case .boolean: text == "true" || text == "false"
        case .text: text.utf8.count <= 10_000 && !text.utf8.contains(0)
        case .date: (try? Timestamp(rfc3339: "\(text)T00:00:00Z".utf8Span.span)) != nil && text.utf8.count == 10
        case .timestamptz: (try? Timestamp(rfc3339: text.utf8Span.span)) != nil
        }
    }
}

extension Substring {
    /// The text without blanks around it.
    var trimmedBlanks: Substring {
        var text = self
        while text.first?.isWhitespace == true { text.removeFirst() }
        while text.last?.isWhitespace == true { text.removeLast() }
        return text
    }
}
