/// Generates the events of a run, the same ones for the same seed.
///
/// If the number of events is known in advance, their times advance from the start of the range to its end, so that hours
/// close during the run; late events are dated anywhere before. Otherwise every event is dated anywhere in the range.
///
/// The sites have numbers of their own: the events of a seed are the same whatever sites they are spread over.
struct EventSource {
    private var random: SplitMix
    private let users: Zipf
    private let clicks: Double
    private let late: Double
    /// The last second of the range.
    private let last: Int
    private let total: Int?
    private var count = 0
    private let sites: Zipf
    private var siteRandom: SplitMix

    init(_ options: LoadOptions, total: Int?) {
        random = SplitMix(seed: options.seed)
        users = Zipf(count: options.users, skew: options.skew)
        clicks = options.clicks
        late = options.late
        last = options.hours * 3_600
        self.total = total
        sites = Zipf(count: max(1, options.sites.count), skew: 1)
        var seeds = SplitMix(seed: options.seed)
        siteRandom = SplitMix(seed: seeds.next())
    }

    /// Draws the site of the next request: the kth site gets a share proportional to `1 / k`.
    mutating func nextSite() -> Int {
        Int(sites.draw(&siteRandom))
    }

    /// Appends the next events to an array.
    mutating func take(_ count: Int, into events: inout [Event]) {
        for _ in 0..<count { events.append(next()) }
    }

    mutating func next() -> Event {
        defer { count += 1 }
        let second = second()
        return Event(second: UInt32(second), user: users.draw(&random), isClick: random.chance(clicks))
    }

    private mutating func second() -> Int {
        guard let total else { return random.draw(below: last + 1) }
        let now = count < total ? (last + 1) * count / total : last
        return random.chance(late) ? random.draw(below: now + 1) : now
    }
}
