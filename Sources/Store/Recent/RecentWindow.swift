import Analytics

/// The hits of a site in the last half hour, without machines.
struct RecentWindow: Sendable {
    /// What is kept of a hit: 32 bytes.
    struct Entry: Hashable, Sendable {
        /// Milliseconds since 1970.
        let time: Int
        /// A number for everything that was sent, which is equal for equal hits.
        let digest: Int
        /// Whom it counts for; nil for nobody.
        var visitor: Visitor?
        /// The id of its name.
        let name: Int32
    }

    /// The ids of the names that are counted in their own way; nil for one that no hit of the site has had yet.
    struct Names: Hashable, Sendable {
        var pageview: Int32?
        var engagement: Int32?
    }

    private static let minute = 60_000

    /// The hits by the minute of the clock, in minutes since 1970.
    private var minutes: [Int: [Entry]] = [:]
    /// The counts of whole minutes that have not changed since.
    private var tallies: [Int: Tally] = [:]
    var names = Names() { didSet { if names != oldValue { tallies = [:] } } }

    /// The number of hits.
    var count: Int { minutes.values.reduce(0) { $0 + $1.count } }

    // MARK: Changes

    /// The hits between two times, with the number of each, by their contents.
    func counts(in times: ClosedRange<Int>) -> [Hit: Int] {
        var counts: [Hit: Int] = [:]
        for minute in places(of: times) {
            for entry in minutes[minute] ?? [] where times.contains(entry.time) { counts[Hit(entry), default: 0] += 1 }
        }
        return counts
    }

    /// A hit by its contents alone, whomever it counts for.
    struct Hit: Hashable, Sendable {
        let time: Int
        let digest: Int

        init(_ entry: Entry) { (time, digest) = (entry.time, entry.digest) }
    }

    /// Replaces all hits between two times.
    mutating func replace(_ times: ClosedRange<Int>, by entries: [Entry]) {
        for minute in places(of: times) {
            minutes[minute]?.removeAll { times.contains($0.time) }
            tallies[minute] = nil
        }
        for entry in entries {
            minutes[entry.time / Self.minute, default: []].append(entry)
            tallies[entry.time / Self.minute] = nil
        }
    }

    /// Drops the minutes that end before a time.
    mutating func drop(before time: Int) {
        for minute in minutes.keys where (minute + 1) * Self.minute <= time { minutes[minute] = nil }
        for minute in tallies.keys where minutes[minute] == nil { tallies[minute] = nil }
    }

    /// Counts visitors for the users whom they are known to be from now on.
    mutating func resolve(_ users: [Visitor: Visitor]) {
        guard !users.isEmpty else { return }
        for (minute, entries) in minutes {
            for place in entries.indices {
                guard let visitor = entries[place].visitor, let user = users[visitor] else { continue }
                minutes[minute]?[place].visitor = user
                tallies[minute] = nil
            }
        }
    }

    private func places(of times: ClosedRange<Int>) -> [Int] {
        let range = times.lowerBound / Self.minute...times.upperBound / Self.minute
        return range.count < minutes.count ? Array(range) : minutes.keys.filter(range.contains)
    }

    // MARK: Counts

    /// The numbers of some hits.
    private struct Tally: Sendable {
        var visitors: Set<Visitor> = []
        var pageviews = 0

        mutating func add(_ entry: Entry, _ names: Names) {
            if entry.name == names.pageview { pageviews += 1 }
            if let visitor = entry.visitor, entry.name != names.engagement { visitors.insert(visitor) }
        }
    }

    /// The counts at a moment.
    mutating func counts(at moment: Timestamp) -> RecentCounts {
        RecentCounts(
            moment: moment,
            now: visitors(.last(minutes: 5, before: moment)),
            halfHour: visitors(.last(minutes: 30, before: moment)),
            minutes: clockMinutes(upTo: moment)
        )
    }

    private mutating func clockMinutes(upTo moment: Timestamp) -> [RecentCounts.Minute] {
        let period = Period.clock(minutes: 30, upTo: moment)
        return stride(from: period.start.milliseconds, to: period.end.milliseconds, by: Self.minute).map { start in
            let tally = tally(start / Self.minute)
            return RecentCounts.Minute(
                start: Timestamp(milliseconds: start),
                visitors: tally.visitors.count,
                pageviews: tally.pageviews
            )
        }
    }

    private mutating func visitors(_ period: Period) -> Int {
        let (start, end) = (period.start.milliseconds, period.end.milliseconds)
        var visitors: Set<Visitor> = []
        for minute in places(of: start...end - 1) {
            if minute * Self.minute >= start, (minute + 1) * Self.minute <= end {
                visitors.formUnion(tally(minute).visitors)
            } else {
                var part = Tally()
                for entry in minutes[minute] ?? [] where (start..<end).contains(entry.time) { part.add(entry, names) }
                visitors.formUnion(part.visitors)
            }
        }
        return visitors.count
    }

    private mutating func tally(_ minute: Int) -> Tally {
        if let known = tallies[minute] { return known }
        var tally = Tally()
        for entry in minutes[minute] ?? [] { tally.add(entry, names) }
        tallies[minute] = tally
        return tally
    }
}
