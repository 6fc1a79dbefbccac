package import Analytics

/// The rows that were read from the lines of a body, and its rejected lines.
package struct NumberedRows<Row: Sendable>: Sendable {
    package private(set) var rows: [Row] = []
    /// The line of each row.
    private var lines: [Int32] = []
    /// The first rejected lines in their order, at most `Bulk.listedErrors`.
    package private(set) var errors: [Bulk.LineError] = []
    /// The number of lines for each reason.
    package private(set) var rejections: [Rejection: Int] = [:]
    /// The number of rejected lines.
    package var rejected: Int { rejections.values.reduce(0, +) }

    mutating func append(_ row: Row, line: Int) {
        rows.append(row)
        lines.append(Int32(clamping: line))
    }

    mutating func reject(_ rejection: Rejection, line: Int) {
        rejections[rejection, default: 0] += 1
        if errors.count < Bulk.listedErrors { errors.append(Bulk.LineError(line: line, rejection: rejection)) }
    }

    /// Moves rows that were read, but refused by the store, to the rejected lines.
    ///
    /// - Parameters:
    ///   - indices: Their places in `rows`; without a valid one, all are rejected.
    ///   - rejection: The reason.
    package mutating func reject(rows indices: [Int], _ rejection: Rejection) {
        let named = indices.filter(rows.indices.contains)
        let refused = Set(named.isEmpty ? Array(rows.indices) : named)
        self = NumberedRows(self) { index in
            refused.contains(index) ? .failure(rejection) : .success(rows[index])
        }
    }

    /// Makes another row of each, or rejects its line.
    package func map<New>(_ body: (Row) throws(Rejection) -> New) -> NumberedRows<New> {
        NumberedRows<New>(self) { index in
            Result { () throws(Rejection) in try body(rows[index]) }
        }
    }

    /// Makes another row of each, or rejects its line; other tasks run in between.
    ///
    /// - Parameters:
    ///   - count: The number of rows that are made without a break.
    ///   - body: Makes a row.
    /// - Returns: The rows that were made, and the rejected lines.
    package func map<New>(
        yieldingEvery count: Int,
        _ body: (Row) throws(Rejection) -> New
    ) async -> NumberedRows<New> {
        var results: [Result<New, Rejection>] = []
        results.reserveCapacity(rows.count)
        for row in rows {
            results.append(Result { () throws(Rejection) in try body(row) })
            if results.count.isMultiple(of: count) { await Task.yield() }
        }
        return NumberedRows<New>(self) { results[$0] }
    }

    private init<Old>(_ old: NumberedRows<Old>, _ row: (Int) -> Result<Row, Rejection>) {
        rejections = old.rejections
        for (index, line) in old.lines.enumerated() {
            switch row(index) {
            case .success(let row): append(row, line: Int(line))
            case .failure(let rejection): reject(rejection, line: Int(line))
            }
        }
        errors = Array((old.errors + errors).sorted { $0.line < $1.line }.prefix(Bulk.listedErrors))
    }
}

extension NumberedRows {
    /// Reads a row from its fields in the bytes of the body.
    typealias Reading<Fields> = (_ fields: Fields, _ bytes: Span<UInt8>) throws(Rejection) -> Row

    /// Reads a body.
    ///
    /// - Parameters:
    ///   - bytes: The body, inflated.
    ///   - format: The format of the body.
    ///   - limit: The most rows in it.
    ///   - reading: Reads one row.
    /// - Throws: `Failure` if the whole body is refused; rejections of single lines are in `errors`.
    init<Fields: RecordFields>(
        _ bytes: Span<UInt8>,
        format: Bulk.Format,
        limit: Int,
        _ reading: Reading<Fields>
    ) throws(Bulk.Failure) {
        switch format {
        case .csv: try readCSV(bytes, limit: limit, reading)
        case .ndjson: try readNDJSON(bytes, limit: limit, reading)
        case .jsonArray: try readJSONArray(bytes, limit: limit, reading)
        }
        // Reading stops at the first row beyond the limit.
        guard rows.count <= limit else { throw .tooManyEvents(limit: limit) }
    }

    mutating func add<Fields: RecordFields>(
        _ fields: Fields,
        in bytes: Span<UInt8>,
        line: Int,
        _ reading: Reading<Fields>
    ) {
        do throws(Rejection) {
            append(try reading(fields, bytes), line: line)
        } catch {
            reject(error, line: line)
        }
    }
}
