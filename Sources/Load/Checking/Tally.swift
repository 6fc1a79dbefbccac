/// Counts events and users per slice of time, in memory independent of the number of events.
struct Tally {
    private struct Slice {
        var clicks = 0
        var impressions = 0
        var users: UserSet
    }

    private var slices: [Slice]

    init(slices: Int, users: Int) {
        self.slices = (0..<slices).map { _ in Slice(users: UserSet(capacity: users)) }
    }

    mutating func add(_ event: Event, slice: Int) {
        slices[slice].users.insert(event.user)
        if event.isClick { slices[slice].clicks += 1 } else { slices[slice].impressions += 1 }
    }

    /// Sums the events of a window, and adds their users to `users`; `uniqueUsers` stays 0.
    func count(_ window: Range<Int>, users: inout UserSet) -> Counts {
        var counts = Counts()
        for slice in slices[window] {
            counts.clicks += slice.clicks
            counts.impressions += slice.impressions
            users.formUnion(slice.users)
        }
        return counts
    }
}
