import Analytics
import Postgres

extension SiteID {
    /// A site's id in the database.
    init(stored number: Int) throws(PostgresDecodingError) {
        guard let number = Int32(exactly: number) else { throw PostgresDecodingError(reason: "not a site") }
        self.init(rawValue: number)
    }
}
