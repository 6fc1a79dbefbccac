import Analytics
import Columns
import Postgres

/// The rows of days, read from the database into parts.
struct RowReader: Sendable {
    private var builders: [Int: PartBuilder] = [:]
    private var texts: SiteTexts

    /// The most hits that are read for a question.
    static let mostRows = 5_000_000

    /// - Parameter texts: The texts that are known already.
    init(_ texts: SiteTexts) { self.texts = texts }

    /// Takes a row of the query of rows.
    mutating func add(_ row: borrowing StreamedRow) throws(PostgresDecodingError) {
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
        if let text = try row.binaryText(at: 15) { hit.codes.props = texts.props.code(of: text) }
        let day = hit.time.milliseconds / 86_400_000
        builders[day, default: PartBuilder(day: day)].add(hit)
    }

    /// Reads the texts of the rows that are not known, and builds the parts.
    ///
    /// - Parameters:
    ///   - connection: The connection on which the rows were read, or another.
    ///   - dates: The midnights in the zone of the site.
    /// - Returns: The parts.
    /// - Throws: A `PostgresError`
    consuming func timeline(_ connection: Connection, dates: DateBorders) async throws -> Timeline {
        try await texts.complete(connection)
        let lexicon = texts.lexicon
        let days = builders.keys.sorted()
        let parts = days.compactMap { builders[$0]?.part(lexicon, dates: dates) }
        return Timeline(parts, lexicon, dates: dates)
    }
}

extension Timestamp {
    /// The millisecond of a moment.
    init(_ moment: PostgresTimestamp) {
        self.init(milliseconds: Int((Double(moment.microseconds) / 1000).rounded(.down)) + 946_684_800_000)
    }
}
