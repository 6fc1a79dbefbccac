package import FoundationEssentials

/// Events that are committed together.
package struct Batch: Sendable {
    /// The events of one request.
    package struct Entry: Sendable {
        package let events: [Event]
        package let key: IdempotencyKey?
        /// The request, kept with the key; nil if it is not known, which matches every request.
        package let fingerprint: Fingerprint?
        /// The body of the response to the request; kept with the key, and given again to a repetition.
        package let response: String

        package init(
            events: [Event],
            key: IdempotencyKey? = nil,
            fingerprint: Fingerprint? = nil,
            response: String = ""
        ) {
            self.events = events
            self.key = key
            self.fingerprint = fingerprint
            self.response = response
        }
    }

    /// The id, which is the same if the batch is sent again.
    package let id: UUID
    package let site: SiteID
    package let entries: [Entry]
    /// The part of a spool that the batch delivers; nil for one that does not come from a spool.
    package let spoolRange: SpoolRange?
    /// True if its requests have been answered 2xx already, as those of a spool have.
    package let isAcknowledged: Bool

    /// Makes a batch; one that comes from a spool has been acknowledged.
    package init(
        id: UUID = UUID(),
        site: SiteID = Site.standard,
        entries: [Entry],
        spoolRange: SpoolRange? = nil,
        isAcknowledged: Bool = false
    ) {
        self.id = id
        self.site = site
        self.entries = entries
        self.spoolRange = spoolRange
        self.isAcknowledged = isAcknowledged || spoolRange != nil
    }

    /// The number of events.
    package var count: Int { entries.reduce(0) { $0 + $1.events.count } }
}
