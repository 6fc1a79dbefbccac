/// What the server has promised to count, and what it may count besides.
///
/// Refused events are in neither: nothing has to be taken back out of a bitmap, because events that are under way are
/// not counted here before their fate is known.
struct Ledger {
    let instants: Instants
    private let users: Int
    private var acknowledged: Tally
    /// Events whose requests ended without a clear answer; most runs have none.
    private var doubtful: Tally?
    /// Kept, so that a check does not allocate.
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

    /// The least that the server must count from now on.
    mutating func lowest(at instant: Int) -> Counts {
        union.removeAll()
        var counts = acknowledged.count(instants.windows[instant], users: &union)
        counts.uniqueUsers = union.count
        return counts
    }

    /// The most that the server can have counted until now, given the events of the requests not answered yet.
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
