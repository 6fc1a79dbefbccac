import Analytics
import FoundationEssentials
import Postgres

/// Finds the ids of entries in a dictionary, and adds those that it lacks.
struct FindEntries: Statement {
    struct Row: Sendable {
        /// The place of the entry, counted from 0.
        let place: Int
        let id: Int32
        /// True if the site has no room for the entry, and the id is that of the entry for all others.
        let isOther: Bool
    }

    static let sql = """
        SELECT place, id, is_other FROM dictionary_ids($1, $2, $3::text[]::uuid[], $4::text::json, $5)
        """
    let dictionary: DictionaryKind
    /// Entries of the dictionary, each once for a site.
    let entries: [SiteEntry]
    /// True for those that count for the limit of a minute, in the order of the entries.
    let areLimited: [Bool]

    var parameters: Parameters {
        Parameters(
            dictionary.rawValue,
            PostgresArray(entries.map(\.site.rawValue)),
            PostgresArray(entries.map(\.entry.digest.hexadecimal)),
            texts,
            PostgresArray(of: .boolean, areLimited)
        )
    }

    /// The texts of the entries' columns, as JSON.
    private var texts: String {
        // Encoding texts and nulls cannot fail; an empty array would be refused by the database.
        let json = try? JSONEncoder().encode(entries.map(\.entry.texts))
        return String(decoding: json ?? Data("[]".utf8), as: UTF8.self)
    }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (place, id, isOther) = try row.decode((Int, Int, Bool).self)
        guard let id = Int32(exactly: id) else { throw PostgresDecodingError(reason: "not the id of an entry") }
        return Row(place: place - 1, id: id, isOther: isOther)
    }
}
