import Analytics
import Columns
import Postgres

/// The rows of a question, read from the database into a part.
struct RowReader: Sendable {
    private var builder = PartBuilder()
    private var (names, hosts, paths, titles) = (CodeTable(), CodeTable(), CodeTable(), CodeTable())
    private var (places, agents, origins) = (CodeTable(), CodeTable(), CodeTable())
    private var (props, currencies) = (TextCodes(), TextCodes())

    /// The most hits of a question.
    static let mostRows = 5_000_000

    /// Takes a row of the query of rows.
    mutating func add(_ row: borrowing StreamedRow) throws(PostgresDecodingError) {
        guard let microseconds = try row.integer(at: 0) else {
            throw PostgresDecodingError(reason: "a hit without a time")
        }
        var hit = HitRow(time: Timestamp(PostgresTimestamp(microseconds: microseconds)))
        hit.visitor = try row.integer(at: 1).map { Visitor(rawValue: UInt64(bitPattern: Int64($0))) }
        hit.isDated = try row.integer(at: 2) == 1
        hit.isInteractive = try row.integer(at: 3) == 1
        hit.codes.name = names.code(of: try row.integer(at: 4))
        hit.codes.host = hosts.code(of: try row.integer(at: 5))
        hit.codes.path = paths.code(of: try row.integer(at: 6))
        hit.codes.title = titles.code(of: try row.integer(at: 7))
        hit.codes.place = places.code(of: try row.integer(at: 8))
        hit.codes.agent = agents.code(of: try row.integer(at: 9))
        hit.codes.origin = origins.code(of: try row.integer(at: 10))
        hit.scroll = try row.integer(at: 11).flatMap { Int16(exactly: $0) }
        hit.engaged = try row.integer(at: 12).flatMap { Int32(exactly: $0) }
        hit.value = try row.integer(at: 13).flatMap { Amount(millionths: $0) }
        if hit.value != nil { hit.codes.currency = currencies.code(of: try row.binaryText(at: 14) ?? "") }
        if row.count > 15, let text = try row.binaryText(at: 15) { hit.codes.props = props.code(of: text) }
        builder.add(hit)
    }

    /// Reads the texts of the rows, and builds the part.
    ///
    /// - Parameters:
    ///   - connection: The connection on which the rows were read, or another.
    ///   - dates: The midnights in the zone of the site.
    /// - Returns: The part.
    /// - Throws: A `PostgresError`
    consuming func part(_ connection: Connection, dates: DateBorders) async throws -> Part {
        builder.lexicon.names = names.entries(try await connection.texts(of: .name, names.ids))
        builder.lexicon.hosts = hosts.entries(try await connection.texts(of: .host, hosts.ids))
        builder.lexicon.paths = paths.entries(try await connection.texts(of: .path, paths.ids))
        builder.lexicon.titles = titles.entries(try await connection.texts(of: .title, titles.ids))
        builder.lexicon.places = places.entries(try await connection.places(places.ids))
        builder.lexicon.agents = agents.entries(try await connection.agents(agents.ids))
        builder.lexicon.origins = origins.entries(try await connection.origins(origins.ids))
        builder.lexicon.props = props.texts
        builder.lexicon.currencies = currencies.texts
        return builder.part(dates: dates)
    }
}

extension Timestamp {
    /// The millisecond of a moment.
    init(_ moment: PostgresTimestamp) {
        self.init(milliseconds: Int((Double(moment.microseconds) / 1000).rounded(.down)) + 946_684_800_000)
    }
}
