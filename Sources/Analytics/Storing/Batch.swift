package import FoundationEssentials

/// Events and hits that are committed together, of any number of sites.
package struct Batch: Sendable {
    /// The events and hits of one request.
    package struct Entry: Sendable {
        package let events: [Event]
        package let hits: [Hit]
        /// The request, if it has a key.
        package let request: KeyedRequest?

        package init(events: [Event] = [], hits: [Hit] = [], request: KeyedRequest? = nil) {
            self.events = events
            self.hits = hits
            self.request = request
        }

        /// The number of rows: the events, and behind them the hits.
        package var count: Int { events.count + hits.count }

        /// The rows of a range, without the request.
        package subscript(rows: Range<Int>) -> Entry {
            let borders = (first: min(rows.lowerBound, events.count), last: min(rows.upperBound, events.count))
            let hits = (rows.lowerBound - borders.first)..<(rows.upperBound - borders.last)
            return Entry(events: Array(events[borders.first..<borders.last]), hits: Array(self.hits[hits]))
        }

        /// The events, and those that hits are as well.
        package var allEvents: [Event] { hits.isEmpty ? events : events + hits.compactMap(\.event) }
    }

    /// The id, which is the same if the batch is sent again.
    package let id: UUID
    package let entries: [Entry]
    /// The part of a spool that the batch delivers; nil for one that does not come from a spool.
    package let spoolRange: SpoolRange?
    /// True if its requests have been answered 2xx already, as those of a spool have.
    package let isAcknowledged: Bool

    /// Makes a batch; one that comes from a spool has been acknowledged.
    package init(
        id: UUID = .random(),
        entries: [Entry],
        spoolRange: SpoolRange? = nil,
        isAcknowledged: Bool = false
    ) {
        self.id = id
        self.entries = entries
        self.spoolRange = spoolRange
        self.isAcknowledged = isAcknowledged || spoolRange != nil
    }

    /// The number of events and hits.
    package var count: Int { entries.reduce(0) { $0 + $1.count } }
}
