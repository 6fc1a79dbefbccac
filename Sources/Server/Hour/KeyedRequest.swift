import Analytics
import Hummingbird

/// A request that came with an idempotency key.
struct KeyedRequest {
    let key: IdempotencyKey
    /// Gets the body when it has been read.
    var fingerprint: RequestFingerprint

    /// Reads the key of a request; nil when there is none.
    ///
    /// - Throws: A `Rejection` of the key.
    init?(_ request: Request) throws(Rejection) {
        guard let text = request.headers[.idempotencyKey] else { return nil }
        key = try IdempotencyKey(parsing: text)
        fingerprint = RequestFingerprint(request)
    }
}
