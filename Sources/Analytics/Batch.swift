package import FoundationEssentials

/// Events that are committed together.
package struct Batch: Sendable {
    /// The events of one request.
    package struct Entry: Sendable {
        package let events: [Event]
        package let key: IdempotencyKey?
        /// What the request is answered when its events are stored; kept with the key for the next time.
        package let answer: String

        package init(events: [Event], key: IdempotencyKey? = nil, answer: String = "") {
            self.events = events
            self.key = key
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
    /// nil for a batch that does not come from a spool.
    package let delivery: Delivery?

    package init(id: UUID = UUID(), site: SiteID = Site.standard, entries: [Entry], delivery: Delivery? = nil) {
        self.id = id
        self.site = site
        self.entries = entries
        self.delivery = delivery
    }

    /// How many events it has.
    package var count: Int { entries.reduce(0) { $0 + $1.events.count } }
}

/// What became of an entry of a batch.
package enum Outcome: Sendable, Equatable {
    /// Its events have been committed.
    case stored
    /// Its key had been used before: nothing was stored, and this had been answered.
    case repeated(answer: String)
}

/// Why a batch was not stored.
package enum WriteError: Error, Equatable {
    /// The database refused a row of it, counted over all entries, where it said which. Nothing was stored.
    case refused(row: Int?)
    /// The database cannot be reached. Nothing was stored.
    case unavailable
    /// The connection was lost during COMMIT and the database has not come back to say what happened.
    case unknown
    /// The spool has been delivered to another place than where the batch begins. Nothing was stored.
    case misplaced
}
