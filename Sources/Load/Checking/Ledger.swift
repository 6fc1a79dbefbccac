/// The events that the server must count, and those that it may count.
///
/// Refused events are in neither: the events of a request are recorded only when their fate is known, so nothing has to
/// be removed from a bitmap.
struct Ledger {
    let instants: Instants
    private let users: Int
    private var acknowledged: Tally
    /// The events of requests without a clear answer; nil, as in most runs, if there are none.
    private var doubtful: Tally?
    /// Kept between checks to reuse its memory.
    private var union: UserSet

    init(instants: Instants, users: Int) {
        self.instants = instants
        self.users = users
        acknowledged = Tally(slices: instants.sliceCount, users: users)
        union = UserSet(capacity: users)
    }

    mutating func acknowledge(_ events: [Event]) {
        for event in events { acknowledged.add(event, slice: instants.slice(of: event)) }
    }

    mutating func doubt(_ events: [Event]) {
        var tally = doubtful.take() ?? Tally(slices: instants.sliceCount, users: users)
        for event in events { tally.add(event, slice: instants.slice(of: event)) }
        doubtful = tally
    }

    /// The lowest counts that the server may report from now on.
    mutating func lowest(at instant: Int) -> Counts {
        union.removeAll()
        var counts = acknowledged.count(instants.windows[instant], users: &union)
        counts.uniqueUsers = union.count
        return counts
    }

    /// The highest counts that the server can have reported until now, given the events of all open requests.
    mutating func highest(at instant: Int, underWay: some Sequence<[Event]>) -> Counts {
        union.removeAll()
        let window = instants.windows[instant]
        var counts = acknowledged.count(window, users: &union)
        if let more = doubtful?.count(window, users: &union) { counts = counts + more }
        for event in underWay.joined() where window.contains(instants.slice(of: event)) {
            union.insert(event.user)
            if event.isClick { counts.clicks += 1 } else { counts.impressions += 1 }
        }
        counts.uniqueUsers = union.count
        return counts
    }
}
