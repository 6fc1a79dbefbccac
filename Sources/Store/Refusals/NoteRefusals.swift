import Analytics
import FoundationEssentials
import Postgres

/// Adds refused hits to those that the database keeps.
struct NoteRefusals: Statement {
    static let sql = "SELECT 1 FROM note_refusals($1::text::json, $2::text::json)"
    let contents: RefusalBuffer.Contents

    var parameters: Parameters { Parameters(counts, hits) }

    private struct Count: Encodable {
        let site: Int32
        let hour: Int
        let reason: String
        let count: Int
    }

    private struct Hit: Encodable {
        let site: Int32
        let at: Int
        let reason: String
        let hit: String
    }

    private var counts: String {
        let counts = contents.counts.map { key, count in
            Count(site: key.site.rawValue, hour: key.hour * 3_600, reason: key.reason, count: count)
        }
        return Self.json(counts)
    }

    private var hits: String {
        let hits = contents.hits.values.joined().map { hit in
            Hit(site: hit.site.rawValue, at: hit.time.milliseconds, reason: hit.reason, hit: hit.hit)
        }
        return Self.json(hits)
    }

    /// The rows as JSON; encoding texts and numbers cannot fail.
    private static func json(_ rows: [some Encodable]) -> String {
        String(decoding: (try? JSONEncoder().encode(rows)) ?? Data("[]".utf8), as: UTF8.self)
    }

    static func decode(_ row: borrowing Row) throws(PostgresDecodingError) -> Int { try row.decode(Int.self) }
}
