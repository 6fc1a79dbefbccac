/// A question in SQL that is kept in a file: `public/NAME.sql` or `private/NAME.sql`.
package struct SavedQuery: Hashable, Sendable {
    /// The group of those who may ask it; the raw value is the name of the folder.
    package enum Audience: String, Sendable, CaseIterable {
        /// Whoever may see the numbers of a site.
        case `public`
        /// Whoever may see single hits.
        case `private`
    }

    package let audience: Audience
    package let name: String
    /// The first line of the comment at the beginning; the name without one.
    package let title: String
    /// The other lines of that comment.
    package let description: String
    package let parameters: [QueryParameter]
    /// The text of the file.
    package let text: String
    /// The question; nil if it cannot be read.
    package let statement: SQLStatement?
    /// True for one that comes with the program.
    package var isShipped = false
    /// The reason that it cannot be run.
    package var fault: SQLFault?

    /// Reads a file; what is wrong with it is its `fault`.
    ///
    /// - Parameters:
    ///   - audience: Those who may ask it.
    ///   - name: The name of the file without its ending.
    ///   - text: The text of the file.
    package init(_ audience: Audience, _ name: String, text: String) {
        let head = Head(text)
        self.audience = audience
        self.name = name
        self.text = text
        title = head.title ?? name
        description = head.lines.joined(separator: "\n")
        parameters = head.parameters
        do throws(SQLFault) {
            if let fault = head.fault { throw fault }
            let statement = try SQLStatement(text)
            _ = try statement.prepared(types(of: head.parameters))
            self.statement = statement
        } catch {
            statement = nil
            fault = error
        }
    }

    /// The question as it is sent; nil if it cannot be read.
    package func prepared(isExplained: Bool = false) -> SQLStatement.Prepared? {
        // The types were checked with the file.
        try? statement?.prepared(types(of: parameters), isExplained: isExplained)
    }

    /// True for a name that a file may have: letters, digits, `-` and `_`, at most 100.
    package static func isName(_ text: String) -> Bool {
        let isPlain = text.utf8.allSatisfy { byte in
            (0x61...0x7A).contains(byte) || (0x41...0x5A).contains(byte) || (0x30...0x39).contains(byte)
                || byte == UInt8(ascii: "-") || byte == UInt8(ascii: "_")
        }
        return isPlain && (1...100).contains(text.utf8.count)
    }
}

private func types(of parameters: [QueryParameter]) -> [String: QueryParameter.Kind] {
    Dictionary(parameters.map { ($0.name, $0.kind) }) { first, _ in first }.merging(QueryParameter.given) { $1 }
}

extension SavedQuery {
    /// The comment at the beginning of a file.
    private struct Head {
        private(set) var title: String?
        private(set) var lines: [String] = []
        private(set) var parameters: [QueryParameter] = []
        private(set) var fault: SQLFault?

        init(_ text: String) {
            for line in text.split(separator: "\n", omittingEmptySubsequences: true) {
                let line = line.trimmedBlanks
                guard line.hasPrefix("--") else { break }
                take(line.dropFirst(2).trimmedBlanks)
            }
        }

        private mutating func take(_ line: Substring) {
            if line.hasPrefix("param ") {
                guard let parameter = QueryParameter(declaration: line.dropFirst(6)),
                    !parameters.contains(where: { $0.name == parameter.name })
                else {
                    let kinds = QueryParameter.Kind.allCases.map(\.rawValue).joined(separator: ", ")
                    fault =
                        fault
                        ?? SQLFault(
                            "this declares no parameter: \(line)",
                            hint: "Write `-- param NAME TYPE = DEFAULT`, with a name of its own and one of \(kinds)."
                        )
                    return
                }
                parameters.append(parameter)
            } else if title == nil {
                if !line.isEmpty { title = String(line.hasSuffix(".") ? line.dropLast() : line) }
            } else {
                lines.append(String(line))
            }
        }
    }
}
