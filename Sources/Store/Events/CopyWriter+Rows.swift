import Analytics
import Postgres

extension CopyWriter {
    /// Appends events, of which there are millions, by the columns of `Event.columns` in their order.
    ///
    /// The values of columns would cost each event a copy and a counted reference: bulk was a tenth to a quarter slower.
    mutating func append(_ events: [Event]) throws(PostgresError) {
        let events = events.span
        for index in events.indices {
            beginRow()
            append(events[index].time.postgresMicroseconds)
            append(events[index].site.rawValue)
            append(events[index].kind.rawValue)
            append(events[index].user.text)
            try endRow()
        }
    }

    /// Appends rows without references to dictionaries.
    mutating func append<Row: StoredRow>(_ rows: [Row]) throws(PostgresError) {
        let columns = Row.columns
        for row in rows {
            beginRow()
            for column in columns where column.name != nil { append(column.value(row)) }
            try endRow()
        }
    }

    /// Appends hits.
    ///
    /// - Parameters:
    ///   - hits: The hits, each with its place among all hits of the batch.
    ///   - entries: The ids of the dictionaries' entries that they refer to.
    ///   - moment: The time at which they are stored.
    /// - Throws: A `PostgresError` if the connection is lost.
    mutating func append(
        _ hits: [StoredRows.PlacedHit],
        _ entries: EntryIDs,
        at moment: Timestamp
    ) throws(PostgresError) {
        let columns = Hit.columns
        for placed in hits {
            var hit = placed.hit
            if ArrivalCounts.isOutOfTime(hit, at: moment) { hit.flags.insert(.outOfTime) }
            beginRow()
            for column in columns where column.name != nil {
                if case .entry(let dictionary) = column.kind {
                    if let id = entries[placed.place, dictionary] { append(id) } else { appendNull() }
                } else {
                    append(column.value(hit))
                }
            }
            try endRow()
        }
    }

    /// Appends the numbers of hits that came at another time than their own.
    mutating func append(_ arrivals: ArrivalCounts) throws(PostgresError) {
        let arrived = arrivals.second.postgresMicroseconds
        for (quarter, counts) in arrivals.counts {
            beginRow()
            append(quarter.site.rawValue)
            append(quarter.start.postgresMicroseconds)
            append(arrived)
            append(counts.hits)
            append(counts.bots)
            try endRow()
        }
    }

    private mutating func append(_ value: ColumnValue) {
        switch value {
        // The entries of dictionaries are appended by their ids.
        case .null, .entry: appendNull()
        case .time(let time): append(time.postgresMicroseconds)
        case .smallint(let number), .word(let number, _): append(number)
        case .integer(let number): append(number)
        case .bigint(let number): append(Int(number))
        case .amount(let amount): append(optional: amount)
        case .json(let text): append(optional: PostgresJSON(text))
        case .text(let text): append(text)
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
