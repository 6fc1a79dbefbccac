import Analytics

/// An element of a list with its values by the names of their columns.
struct ListedElement: Sendable {
    private let values: [ListedRow.Value?]
    private let places: [String: Int]

    /// The elements of rows of a kind.
    static func all(_ kind: ListQuery.Kind, _ rows: [[ListedRow.Value?]]) -> [ListedElement] {
        let places = Dictionary(uniqueKeysWithValues: kind.columns.enumerated().map { ($0.element, $0.offset) })
        return rows.map { ListedElement(values: $0, places: places) }
    }

    /// The text of a column; nil for another value.
    func text(_ column: String) -> String? {
        if case .text(let text)? = self[column] { text } else { nil }
    }

    /// The number of a column; nil for another value.
    func number(_ column: String) -> Int? {
        if case .number(let number)? = self[column] { number } else { nil }
    }

    /// True for a flag that is set.
    func isOn(_ column: String) -> Bool { self[column] == .flag(true) }

    /// The JSON of a column; nil for another value.
    func json(_ column: String) -> String? {
        if case .json(let text)? = self[column] { text } else { nil }
    }

    /// The moment of a column; nil for another value.
    func moment(_ column: String) -> Timestamp? {
        text(column).flatMap { try? Timestamp(rfc3339: $0.utf8Span.span) }
    }

    private subscript(column: String) -> ListedRow.Value? {
        guard let place = places[column], place < values.count else { return nil }
        return values[place]
    }
}
