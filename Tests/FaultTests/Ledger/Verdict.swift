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
    /// The number of events stored with other fields than issued.
    var altered = 0

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
            guard row.event.user.hasPrefix(prefix), let number = Int(row.event.user.dropFirst(prefix.count)),
                (1...ledger.issued).contains(number)
            else {
                phantom += 1
                continue
            }
            missing.remove(number)
            if row.count > 1 { doubled += 1 }
            if row.event != LedgerEvent(number, of: ledger) { altered += 1 }
        }
        lost = missing.count
    }
}

/// Every user, with their number of events and one of the events.
private struct StoredUsers: Statement {
    static let sql = """
        SELECT user_id, count(*), extract(epoch FROM min(ts))::bigint, min(kind) FROM hourglass.event GROUP BY user_id
        """
    var parameters: Parameters { Parameters() }

    typealias Row = (event: LedgerEvent, count: Int)

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> Row {
        let (user, count, time, kind) = try row.decode((String, Int, Int, Int).self)
        return (LedgerEvent(user: user, time: time, kind: kind), count)
    }
}
