/// The value of a column in one row.
package enum ColumnValue: Sendable, Hashable {
    case null
    /// The value of a `time` column.
    case time(Timestamp)
    /// The value of a `smallint`, `integer` or `bigint` column.
    case number(Int)
    /// The number of a `smallint` column, and its word in NDJSON.
    case word(Int, String)
    case amount(Amount)
    /// The value of a `text` or `json` column.
    case text(String)
    case entry(DictionaryEntry)

    func time() throws(MalformedRow) -> Timestamp {
        guard case .time(let time) = self else { throw MalformedRow() }
        return time
    }

    func text() throws(MalformedRow) -> String {
        guard case .text(let text) = self else { throw MalformedRow() }
        return text
    }

    func optionalText() throws(MalformedRow) -> String? {
        if case .null = self { nil } else { try text() }
    }

    func number<Number: FixedWidthInteger>(_ type: Number.Type = Number.self) throws(MalformedRow) -> Number {
        guard case .number(let wide) = self, let number = Number(exactly: wide) else { throw MalformedRow() }
        return number
    }

    func optionalNumber<Number: FixedWidthInteger>(
        _ type: Number.Type = Number.self
    ) throws(MalformedRow) -> Number? {
        if case .null = self { nil } else { try number() }
    }

    func optionalAmount() throws(MalformedRow) -> Amount? {
        switch self {
        case .null: nil
        case .amount(let amount): amount
        default: throw MalformedRow()
        }
    }

    /// The entry of a dictionary; nil for null.
    func entry() throws(MalformedRow) -> DictionaryEntry? {
        switch self {
        case .null: nil
        case .entry(let entry): entry
        default: throw MalformedRow()
        }
    }
}
