import Analytics
import FoundationEssentials
import Postgres

/// An idempotency key that an earlier batch has used.
struct UsedKey: Sendable {
    let key: SiteKey
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
    static let sql = "SELECT site_id, key, answer, fingerprint FROM known_keys($1, $2, $3)"
    let batch: UUID
    let requests: [KeyedRequest]

    var parameters: Parameters {
        Parameters(batch, PostgresArray(requests.map(\.site.rawValue)), PostgresArray(requests.map(\.key.text)))
    }

    static func decode(_ row: borrowing Postgres.Row) throws(PostgresDecodingError) -> UsedKey {
        let (site, key, response, fingerprint) = try row.decode((Int, String, String, String?).self)
        return UsedKey(
            key: SiteKey(site: try SiteID(stored: site), key: key),
            firstResponse: response,
            fingerprint: fingerprint
        )
    }
}
