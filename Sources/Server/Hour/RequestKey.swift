import Analytics
import Hummingbird

/// The idempotency key of a request, and the request's fingerprint.
struct RequestKey {
    let key: IdempotencyKey
    /// The fingerprint, to which the body is added once it has been read.
    var fingerprint: RequestFingerprint

    /// Reads the key of a request; nil if there is none.
    ///
    /// - Throws: A `Rejection` of the key.
    init?(_ request: Request) throws(Rejection) {
        guard let text = request.headers[.idempotencyKey] else { return nil }
        key = try IdempotencyKey(parsing: text)
        fingerprint = RequestFingerprint(request)
    }
}
