import HTTP
import HTTPTypes

extension HTTPField.Name {
    /// The reason for which an event was not stored, in an answer 204.
    static let analyticsRejected = known("Analytics-Rejected")
    static let idempotencyKey = known("Idempotency-Key")
    static let idempotencyReplayed = known("Idempotency-Replayed")
}
