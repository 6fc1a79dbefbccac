package import Analytics

/// A reason for which hits were refused, with their number and what helps.
package struct RefusedReason: Sendable {
    /// The field and the reason, as `Analytics-Rejected` says them.
    package let text: String
    /// The advice to whoever has sent them.
    package let remedy: String
    package let count: Int
    /// The beginning of the first hour with such a hit.
    package let first: Timestamp
    /// The beginning of the last hour with such a hit, or the moment of the last one if it is known.
    package let last: Timestamp

    package init(_ text: String, remedy: String, count: Int, first: Timestamp, last: Timestamp) {
        self.text = text
        self.remedy = remedy
        self.count = count
        self.first = first
        self.last = last
    }
}
