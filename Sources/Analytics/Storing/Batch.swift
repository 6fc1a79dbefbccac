package import FoundationEssentials

/// Events, hits and identities that are committed together, of any number of sites.
package struct Batch: Sendable {
    /// The events, hits and identities of one request.
    package struct Entry: Sendable {
        package let events: [Event]
        package let hits: [Hit]
        /// The identities that no hit tells.
        package let identities: [Identity]
        /// The request, if it has a key.
        package let request: KeyedRequest?
        /// The time at which it was acknowledged; nil if it is not yet.
        package let accepted: Timestamp?

        package init(
            events: [Event] = [],
            hits: [Hit] = [],
            identities: [Identity] = [],
            request: KeyedRequest? = nil,
            accepted: Timestamp? = nil
        ) {
            self.events = events
            self.hits = hits
            self.identities = identities
            self.request = request
            self.accepted = accepted
        }

        /// The number of rows: the events, behind them the hits, and behind these the identities.
        package var count: Int { events.count + hits.count + identities.count }

        /// The rows of a range, without the request.
        package subscript(rows: Range<Int>) -> Entry {
            func part<Row>(_ own: [Row], from first: Int) -> [Row] {
                let start = min(max(rows.lowerBound - first, 0), own.count)
                let end = min(max(rows.upperBound - first, start), own.count)
                return Array(own[start..<end])
            }
            return Entry(
                events: part(events, from: 0),
                hits: part(hits, from: events.count),
                identities: part(identities, from: events.count + hits.count),
                accepted: accepted
            )
        }

        /// The rows of several entries, without their requests; they count as accepted with the first one.
        package init(joining entries: [Entry]) {
            self.init(
                events: entries.flatMap(\.events),
                hits: entries.flatMap(\.hits),
                identities: entries.flatMap(\.identities),
                accepted: entries.compactMap(\.accepted).min()
            )
        }

        /// The same rows, acknowledged at a time.
        package func accepted(at time: Timestamp) -> Entry {
            Entry(events: events, hits: hits, identities: identities, request: request, accepted: time)
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
    /// The comparison of its rows with the users that their sites have forgotten.
    package let comparison: Comparison

    /// Makes a batch; one that comes from a spool has been acknowledged.
    package init(
        id: UUID = .random(),
        entries: [Entry],
        spoolRange: SpoolRange? = nil,
        isAcknowledged: Bool = false,
        comparison: Comparison = Comparison()
    ) {
        self.id = id
        self.entries = entries
        self.spoolRange = spoolRange
        self.isAcknowledged = isAcknowledged || spoolRange != nil
        self.comparison = comparison
    }

    /// The number of events, hits and identities.
    package var count: Int { entries.reduce(0) { $0 + $1.count } }
}
