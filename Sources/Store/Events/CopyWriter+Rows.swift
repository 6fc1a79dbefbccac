import Analytics
import Postgres

extension CopyWriter {
    /// Appends the rows of a table.
    mutating func append<Row: StoredRow>(_ rows: [Row], _ entries: EntryIDs) throws(PostgresError) {
        let columns = Row.columns
        for row in rows {
            beginRow()
            for column in columns where column.name != nil {
                append(column.value(row), column.kind, row.site, entries)
            }
            try endRow()
        }
    }

    private mutating func append<Row>(
        _ value: ColumnValue,
        _ kind: Column<Row>.Kind,
        _ site: SiteID,
        _ entries: EntryIDs
    ) {
        switch value {
        case .null: appendNull()
        case .time(let time): append(time.postgresMicroseconds)
        case .number(let number), .word(let number, _):
            switch kind {
            case .smallint: append(Int16(truncatingIfNeeded: number))
            case .integer: append(Int32(truncatingIfNeeded: number))
            default: append(number)
            }
        case .amount(let amount): append(optional: amount)
        case .text(let text) where kind == .json: append(optional: PostgresJSON(text))
        case .text(let text): append(text)
        case .entry(let entry): append(optional: entries[entry, of: site])
        }
    }
}

extension Amount: PostgresEncodable {
    /// A `numeric` with six digits behind the point: the number of its digits to the base 10 000, the weight of the
    /// first one, the sign, the number of decimal digits behind the point, and the digits.
    package func encode(into bytes: inout [UInt8]) {
        var (rest, fraction) = millionths.magnitude.quotientAndRemainder(dividingBy: 1_000_000)
        // Two digits to the base 10 000 behind the point hold eight decimal ones.
        fraction *= 100
        var digits = [Int16(fraction % 10_000), Int16(fraction / 10_000)]
        while rest > 0 {
            digits.append(Int16(rest % 10_000))
            rest /= 10_000
        }
        Int16(digits.count).encode(into: &bytes)
        Int16(digits.count - 3).encode(into: &bytes)
        Int16(millionths < 0 ? 0x4000 : 0).encode(into: &bytes)
        Int16(6).encode(into: &bytes)
        for digit in digits.reversed() { digit.encode(into: &bytes) }
    }
}
