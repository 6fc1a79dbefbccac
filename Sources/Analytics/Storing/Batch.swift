package import FoundationEssentials

/// Events that are committed together.
package struct Batch: Sendable {
    /// The events of one request.
    package struct Entry: Sendable {
        package let events: [Event]
        package let key: IdempotencyKey?
        /// The request, kept with the key; nil where it is not known, which matches every request.
        package let fingerprint: Fingerprint?
        /// What the request is answered when its events are stored; kept with the key for the next time.
        package let answer: String

        package init(
            events: [Event],
            key: IdempotencyKey? = nil,
            fingerprint: Fingerprint? = nil,
            answer: String = ""
        ) {
            self.events = events
            self.key = key
            self.fingerprint = fingerprint
            self.answer = answer
        }
    }

    /// What a batch takes out of a spool.
    package struct Delivery: Sendable, Equatable {
        package let spool: UUID
        package let from: SpoolPosition
        package let to: SpoolPosition

        package init(spool: UUID, from: SpoolPosition, to: SpoolPosition) {
            self.spool = spool
            self.from = from
            self.to = to
        }
    }

    /// Names the batch when it has to be sent again.
    package let id: UUID
    package let site: SiteID
    package let entries: [Entry]
    /// nil for a batch that does not move the position of a spool.
    package let delivery: Delivery?
    /// True if its requests have been answered 2xx already, as those of a spool have.
    package let isAcknowledged: Bool

    /// Makes a batch; one with a delivery has been acknowledged.
    package init(
        id: UUID = UUID(),
        site: SiteID = Site.standard,
        entries: [Entry],
        delivery: Delivery? = nil,
        isAcknowledged: Bool = false
    ) {
        self.id = id
        self.site = site
        self.entries = entries
        self.delivery = delivery
        self.isAcknowledged = isAcknowledged || delivery != nil
    }

    /// The number of events.
    package var count: Int { entries.reduce(0) { $0 + $1.events.count } }
}
