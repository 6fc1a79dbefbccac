import Analytics
import Columns
import Postgres

/// The rows of hits, read from the database, with codes for their texts.
struct RowReader: Sendable {
    private var texts: SiteTexts
    private var count = 0

    /// The most hits that are read at once.
    static let mostRows = 5_000_000

    /// - Parameter texts: The texts that are known already.
    init(_ texts: SiteTexts) { self.texts = texts }

    /// Reads the hits of a site in a time.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - times: The time, in milliseconds since 1970.
    ///   - connection: The connection.
    ///   - withBots: True to read the hits of machines too.
    /// - Returns: The hits.
    /// - Throws: A `PostgresError`, or a `QueryError` if there are too many.
    mutating func rows(
        of site: SiteID,
        _ times: ClosedRange<Int>,
        _ connection: Connection,
        withBots: Bool = false
    ) async throws -> [HitRow] {
        let query = PostgresQuery(rowsOf: site, times, withBots: withBots)
        let limit = RowLimit(rows: Self.mostRows - count, bytes: .max)
        let reader = self
        let (result, rows) = try await connection.stream(query, limit: limit, as: .binary) { stream in
            var (reader, rows) = (reader, [HitRow]())
            while let row = try stream.next() { rows.append(try reader.hit(row)) }
            guard !stream.isTruncated else { throw QueryError.invalid(.hits) }
            return (reader, rows)
        }
        self = result
        count += rows.count
        return rows
    }

    private mutating func hit(_ row: borrowing StreamedRow) throws(PostgresDecodingError) -> HitRow {
        guard let microseconds = try row.integer(at: 0) else {
            throw PostgresDecodingError(reason: "a hit without a time")
        }
        var hit = HitRow(time: Timestamp(PostgresTimestamp(microseconds: microseconds)))
        hit.visitor = try row.integer(at: 1).map { Visitor(rawValue: UInt64(bitPattern: Int64($0))) }
        hit.isDated = try row.integer(at: 2) == 1
        hit.isInteractive = try row.integer(at: 3) == 1
        hit.codes.name = texts.names.code(of: try row.integer(at: 4))
        hit.codes.host = texts.hosts.code(of: try row.integer(at: 5))
        hit.codes.path = texts.paths.code(of: try row.integer(at: 6))
        hit.codes.title = texts.titles.code(of: try row.integer(at: 7))
        hit.codes.place = texts.places.code(of: try row.integer(at: 8))
        hit.codes.agent = texts.agents.code(of: try row.integer(at: 9))
        hit.codes.origin = texts.origins.code(of: try row.integer(at: 10))
        hit.scroll = try row.integer(at: 11).flatMap { Int16(exactly: $0) }
        hit.engaged = try row.integer(at: 12).flatMap { Int32(exactly: $0) }
        hit.value = try row.integer(at: 13).flatMap { Amount(millionths: $0) }
        if hit.value != nil { hit.codes.currency = texts.currencies.code(of: try row.binaryText(at: 14) ?? "") }
        hit.props = try row.binaryText(at: 15)
        return hit
    }

    /// The texts, with those of the rows.
    ///
    /// - Throws: A `PostgresError`
    consuming func completed(_ connection: Connection) async throws -> SiteTexts {
        try await texts.complete(connection)
        return texts
    }
}

extension Timestamp {
    /// The millisecond of a moment.
    init(_ moment: PostgresTimestamp) {
        self.init(milliseconds: Int((Double(moment.microseconds) / 1000).rounded(.down)) + 946_684_800_000)
    }
}
