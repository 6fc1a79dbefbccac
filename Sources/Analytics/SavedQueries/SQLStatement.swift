/// A question in SQL that people write, with `:name` in the places of its parameters.
///
/// It is run as `SELECT * FROM (…)`: so it is one question that reads, and neither a command nor several statements, and
/// the database refuses everything else as a mistake of syntax.
package struct SQLStatement: Hashable, Sendable {
    /// The most characters.
    package static let longest = 50_000

    /// A question as it is sent.
    package struct Prepared: Hashable, Sendable {
        package let sql: String
        /// The names of the parameters `$1`, `$2`, ….
        package let names: [String]
        /// The places of pieces of the text in `sql`: the start there, the start in the text, and the length.
        fileprivate let pieces: [(sent: Int, written: Int, count: Int)]

        /// The place in the text of a place in `sql`, both in characters from 1 on; nil if it is not in the text.
        package func position(of sent: Int) -> Int? {
            pieces.last { $0.sent < sent && sent <= $0.sent + $0.count }.map { $0.written + sent - $0.sent }
        }

        package static func == (first: Prepared, second: Prepared) -> Bool {
            first.sql == second.sql && first.names == second.names
        }

        package func hash(into hasher: inout Hasher) { hasher.combine(sql) }
    }

    package let text: String
    private let scalars: [Unicode.Scalar]
    /// The parameters with their places, in order.
    private let places: [(name: String, range: Range<Int>)]
    /// The end of what is sent: before a semicolon at the end.
    private let end: Int

    /// The names of the parameters.
    package var names: Set<String> { Set(places.map(\.name)) }

    /// Parses a question.
    ///
    /// - Parameter text: The question, and a semicolon at its end or none.
    /// - Throws: A `SQLFault`
    package init(_ text: String) throws(SQLFault) {
        guard text.unicodeScalars.count <= Self.longest, !text.unicodeScalars.contains("\0") else {
            throw SQLFault("the text has NUL, or more than \(Self.longest) characters")
        }
        self.text = text
        scalars = Array(text.unicodeScalars)
        (places, end) = try Self.scan(scalars)
    }

    private static func scan(_ scalars: [Unicode.Scalar]) throws(SQLFault) -> ([(String, Range<Int>)], end: Int) {
        var (scanner, depth, end) = (SQLScanner(scalars), 0, nil as Int?)
        var (places, isEmpty) = ([(String, Range<Int>)](), true)
        while let (token, range) = try scanner.next() {
            if case .comment = token { continue }
            guard end == nil else {
                throw SQLFault("more than one statement", position: range.lowerBound + 1)
            }
            isEmpty = isEmpty && token == .symbol(";")
            switch token {
            case .parameter(let name): places.append((name, range))
            case .symbol("("): depth += 1
            case .symbol(")"):
                depth -= 1
                if depth < 0 { throw SQLFault("a bracket closes that was not opened", position: range.lowerBound + 1) }
            case .symbol(";"): end = range.lowerBound
            case .word(let word) where ReservedNames.contains(word):
                throw SQLFault(
                    "\(word) is not for questions about a site",
                    hint: "The documented views and the ordinary functions are.",
                    position: range.lowerBound + 1
                )
            case .word, .comment, .literal, .symbol: break
            }
        }
        if isEmpty { throw SQLFault("there is no statement") }
        guard depth == 0 else { throw SQLFault("a bracket is not closed", position: scalars.count) }
        return (places, end ?? scalars.count)
    }

    /// The question as it is sent.
    ///
    /// - Parameters:
    ///   - types: The types of its parameters.
    ///   - limit: The most bytes of a row.
    ///   - isExplained: True to ask for the plan instead of the rows.
    /// - Returns: The question.
    /// - Throws: A `SQLFault` of a parameter that has no type.
    package func prepared(
        _ types: [String: QueryParameter.Kind],
        limit: Int = 1 << 20,
        isExplained: Bool = false
    ) throws(SQLFault) -> Prepared {
        var sent = Array((isExplained ? "EXPLAIN SELECT * FROM (\n" : "SELECT * FROM (\n").unicodeScalars)
        var (names, pieces, from) = ([String](), [(sent: Int, written: Int, count: Int)](), 0)
        for place in places where place.range.lowerBound < end {
            guard let type = types[place.name] else {
                let hint = "Declare it: -- param \(place.name) text = …"
                throw SQLFault("there is no parameter \(place.name)", hint: hint, position: place.range.lowerBound + 1)
            }
            pieces.append((sent.count, from, place.range.lowerBound - from))
            sent += scalars[from..<place.range.lowerBound]
            if !names.contains(place.name) { names.append(place.name) }
            let number = (names.firstIndex(of: place.name) ?? 0) + 1
            sent += "($\(number)::\(type.rawValue))".unicodeScalars
            from = place.range.upperBound
        }
        pieces.append((sent.count, from, end - from))
        sent += scalars[from..<end]
        // A row is received as a whole, so its size is limited where it is made. CASE keeps the order.
        let check = "CASE WHEN pg_column_size(question) <= \(limit) THEN true ELSE refuse_row() END"
        sent += "\n) AS question WHERE \(check)".unicodeScalars
        return Prepared(sql: String(String.UnicodeScalarView(sent)), names: names, pieces: pieces)
    }

    package static func == (first: SQLStatement, second: SQLStatement) -> Bool { first.text == second.text }

    package func hash(into hasher: inout Hasher) { hasher.combine(text) }
}
