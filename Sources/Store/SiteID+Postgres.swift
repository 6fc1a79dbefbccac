package import Analytics
package import Postgres

extension SiteID: PostgresDecodable {
    /// Reads the id of a site from an integer of any width.
    package init(postgres bytes: UnsafeRawBufferPointer?) throws(PostgresDecodingError) {
        self.init(rawValue: Int32(clamping: try unsafe Int(postgres: bytes)))
    }
}
