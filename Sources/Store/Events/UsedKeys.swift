import Analytics
import FoundationEssentials
import Postgres

/// An idempotency key that an earlier batch has used.
struct UsedKey: Sendable {
    let key: String
    /// The body of the response to the request that used it.
    let firstResponse: String
    /// The fingerprint of that request, in hexadecimal; nil where it is not known, which matches every request.
    let fingerprint: String?

    /// Compares a request with the one that used the key.
    func isOther(than fingerprint: Fingerprint?) -> Bool {
        guard let own = self.fingerprint, let fingerprint else { return false }
        return own != fingerprint.bytes.hexadecimal
    }
}

/// The keys of a batch that earlier batches have used.
struct UsedKeys: Statement {
    static let sql = "SELECT key, answer, fingerprint FROM used_keys($1, $2, $3)"
    let batch: UUID
    let site: SiteID
    let keys: [String]
    var parameters: Parameters { Parameters(batch, site.rawValue, PostgresArray(keys)) }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> UsedKey {
        let (key, response, fingerprint) = try row.decode((String, String, String?).self)
        return UsedKey(key: key, firstResponse: response, fingerprint: fingerprint)
    }
}
