/// The changes of the hits of a period, and of what they count for, between two moments.
package struct HitChanges: Sendable {
    /// Hits that were stored more than a minute before or after their times.
    package struct Arrival: Hashable, Sendable {
        /// The date or the month of their times, in the zone of the question.
        package let label: String
        package let counts: HitCounts
        /// The time in which they were stored.
        package let stored: Period
        /// The length of the steps to which the time of storing is known, in seconds.
        package let step: Int

        package init(label: String, counts: HitCounts, stored: Period, step: Int) {
            self.label = label
            self.counts = counts
            self.stored = stored
            self.step = step
        }
    }

    /// The forgetting of a user.
    package struct Forgetting: Hashable, Sendable {
        package let began: Timestamp
        /// The moment at which all hits were deleted; nil if some may be left.
        package let ended: Timestamp?

        package init(began: Timestamp, ended: Timestamp?) {
            self.began = began
            self.ended = ended
        }
    }

    package struct AddedGoal: Hashable, Sendable {
        package let name: String
        package let added: Timestamp

        package init(name: String, added: Timestamp) {
            self.name = name
            self.added = added
        }
    }

    /// Visitors who became known to be users.
    package struct AddedAliases: Hashable, Sendable {
        package let count: Int
        package let first: Timestamp
        package let last: Timestamp

        package init(count: Int, first: Timestamp, last: Timestamp) {
            self.count = count
            self.first = first
            self.last = last
        }
    }

    /// The hits whose times lie between the moments, and that were stored within a minute.
    package var inTime = HitCounts()
    /// The other hits, by the date of their times; by the month over more than 400 days.
    package var arrivals: [Arrival] = []
    package var forgettings: [Forgetting] = []
    package var goals: [AddedGoal] = []
    package var aliases: AddedAliases?
    /// The first moment whose hits are kept; nil when all are.
    package var keptSince: Timestamp?
    /// The moment since which it is noted when hits and aliases come; nil if it is not known.
    package var notedSince: Timestamp?

    package init() {}
}
