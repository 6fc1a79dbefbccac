import Foundation
import Postgres

/// The differences between a ledger and the stored events.
struct Verdict: Equatable {
    /// The number of events acknowledged but not stored.
    var lost = 0
    /// The number of events stored more than once.
    var doubled = 0
    /// The number of events stored but never issued.
    var phantom = 0
    /// The number of events stored with other fields than issued, apart from the site.
    var altered = 0
    /// The number of events stored under another site than issued, also if they are stored under their own too.
    var misplaced = 0

    /// No differences.
    init() {}

    /// Compares a ledger with the rows of a database.
    ///
    /// - Parameters:
    ///   - ledger: The complete ledger.
    ///   - url: The connection string of the superuser.
    /// - Throws: Errors of reading the file or the database.
    init(_ ledger: Ledger, storedIn url: String) async throws {
        let rows = try await Connection.with(url) { try await $0.execute(StoredUsers()) }
        var missing = try ledger.acknowledged()
        let prefix = "\(ledger.seed)-"
        for row in rows {
            guard row.user.hasPrefix(prefix), let number = Int(row.user.dropFirst(prefix.count)),
                (1...ledger.issued).contains(number)
            else {
                phantom += 1
                continue
            }
            missing.remove(number)
            if row.count > 1 { doubled += 1 }
            let event = LedgerEvent(number, of: ledger)
            if row.time != event.time || row.kind != event.kind { altered += 1 }
            if row.sites != event.site.id...event.site.id { misplaced += 1 }
        }
        lost = missing.count
    }
}

/// Every user, with their number of events, the fields of one of them, and the lowest and the highest site.
private struct StoredUsers: Statement {
    static let sql = """
        SELECT user_id, count(*), extract(epoch FROM min(ts))::bigint, min(kind), min(site_id), max(site_id)
          FROM hourglass.event
         GROUP BY user_id
        """
    var parameters: Parameters { Parameters() }

    typealias Row = (user: String, count: Int, time: Int, kind: Int, sites: ClosedRange<Int>)

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (user, count, time, kind, first, last) = try row.decode((String, Int, Int, Int, Int, Int).self)
        return (user, count, time, kind, first...last)
    }
}
