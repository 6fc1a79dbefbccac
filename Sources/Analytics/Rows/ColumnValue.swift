/// The value of a column in one row.
package enum ColumnValue: Sendable, Hashable {
    case null
    /// The value of a `time` column.
    case time(Timestamp)
    case smallint(Int16)
    case integer(Int32)
    case bigint(Int64)
    /// The number of a `smallint` column, and its word in NDJSON.
    case word(Int16, String)
    case amount(Amount)
    case text(String)
    case json(String)
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

    func smallint() throws(MalformedRow) -> Int16 {
        guard case .smallint(let number) = self else { throw MalformedRow() }
        return number
    }

    func optionalSmallint() throws(MalformedRow) -> Int16? {
        if case .null = self { nil } else { try smallint() }
    }

    func integer() throws(MalformedRow) -> Int32 {
        guard case .integer(let number) = self else { throw MalformedRow() }
        return number
    }

    func optionalInteger() throws(MalformedRow) -> Int32? {
        if case .null = self { nil } else { try integer() }
    }

    func optionalBigint() throws(MalformedRow) -> Int64? {
        switch self {
        case .null: nil
        case .bigint(let number): number
        default: throw MalformedRow()
        }
    }

    func optionalJSON() throws(MalformedRow) -> String? {
        switch self {
        case .null: nil
        case .json(let text): text
        default: throw MalformedRow()
        }
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
