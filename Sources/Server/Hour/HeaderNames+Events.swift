import HTTP
import HTTPTypes

extension HTTPField.Name {
    /// The reason for which an event was not stored, in an answer 204.
    static let analyticsRejected = known("Analytics-Rejected")
    /// The moment up to which a report counts everything that was stored.
    static let analyticsAsOf = known("Analytics-As-Of")
    static let idempotencyKey = known("Idempotency-Key")
    static let idempotencyReplayed = known("Idempotency-Replayed")
}
