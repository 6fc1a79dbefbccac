import Analytics
import Columns
import Postgres
import Synchronization

/// The texts of a site that its parts name, and the ids that they have in the database.
struct SiteTexts: Sendable {
    var (names, hosts, paths, titles) = (CodeTable(), CodeTable(), CodeTable(), CodeTable())
    var (places, agents, origins) = (CodeTable(), CodeTable(), CodeTable())
    var currencies = TextCodes()
    private var entries = Lexicon()

    /// The texts by their codes.
    var lexicon: Lexicon {
        var lexicon = entries
        lexicon.currencies = currencies.texts
        return lexicon
    }

    /// The code of an id of a dictionary.
    mutating func code(of id: Int, in dictionary: DictionaryKind) -> UInt32 {
        switch dictionary {
        case .name: names.code(of: id)
        case .host: hosts.code(of: id)
        case .path: paths.code(of: id)
        case .title: titles.code(of: id)
        case .place: places.code(of: id)
        case .agent: agents.code(of: id)
        case .origin: origins.code(of: id)
        }
    }

    /// The id of a code, which is not that of no value.
    func id(of code: UInt32, in dictionary: DictionaryKind) -> Int {
        let table =
            switch dictionary {
            case .name: names
            case .host: hosts
            case .path: paths
            case .title: titles
            case .place: places
            case .agent: agents
            case .origin: origins
            }
        return table.ids[Int(code) - 1]
    }

    /// Reads the texts of ids that have been met since.
    ///
    /// - Throws: A `PostgresError`
    mutating func complete(_ connection: Connection) async throws {
        entries.names += try await texts(.name, names, after: entries.names.count, connection)
        entries.hosts += try await texts(.host, hosts, after: entries.hosts.count, connection)
        entries.paths += try await texts(.path, paths, after: entries.paths.count, connection)
        entries.titles += try await texts(.title, titles, after: entries.titles.count, connection)
        let (places, agents, origins) = (self.places, self.agents, self.origins)
        entries.places += places.entries(
            after: entries.places.count,
            try await connection.places(places.ids(after: entries.places.count))
        )
        entries.agents += agents.entries(
            after: entries.agents.count,
            try await connection.agents(agents.ids(after: entries.agents.count))
        )
        entries.origins += origins.entries(
            after: entries.origins.count,
            try await connection.origins(origins.ids(after: entries.origins.count))
        )
    }

    private func texts(
        _ dictionary: DictionaryKind,
        _ codes: CodeTable,
        after known: Int,
        _ connection: Connection
    ) async throws -> [String?] {
        codes.entries(after: known, try await connection.texts(of: dictionary, codes.ids(after: known)))
    }
}

/// The texts of a site while several threads read its parts.
final class SharedTexts: Sendable {
    private let texts: Mutex<SiteTexts>

    init(_ texts: SiteTexts) { self.texts = Mutex(texts) }

    func withLock<Result>(_ body: (inout SiteTexts) -> Result) -> Result { texts.withLock { body(&$0) } }
}
