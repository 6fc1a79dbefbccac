/// The midnights of a time zone over some time.
///
/// PostgreSQL knows them: the midnight of a date is `date::timestamp AT TIME ZONE zone`. Where it comes twice that is
/// the second one, and where clocks skip it the moment of the skip.
package struct DateBorders: Hashable, Sendable {
    /// The moments in order.
    private let midnights: [Timestamp]

    /// - Parameter midnights: The midnights in order, from the one before the first hit to the last hit.
    package init(_ midnights: [Timestamp]) {
        self.midnights = midnights
    }

    /// True if a midnight lies in (`earlier`, `later`].
    package func separate(_ earlier: Timestamp, _ later: Timestamp) -> Bool {
        var (low, high) = (0, midnights.count)
        while low < high {
            let middle = (low + high) / 2
            if midnights[middle] <= later { low = middle + 1 } else { high = middle }
        }
        return low > 0 && midnights[low - 1] > earlier
    }
}
