import Analytics

/// The counts of the hours that end at some moments, taken from clock hours in order of time.
///
/// A user who is first and last seen at two moments of a clock hour counts in every window that ends from the first until
/// an hour after the last. So the counts of users are the running sum of where such runs begin and end, and memory
/// holds the moments, and the users of two clock hours.
struct HourSweep: Sendable {
    private let steps: HourSteps
    /// The differences of each count from that of the moment before.
    private var users: [Int]
    private var clicks: [Int]
    private var impressions: [Int]
    /// The number of the clock hour whose users are being added.
    private var current = Int.min
    /// The last event of each user in the clock hour before and in the current one, in milliseconds since 1970.
    private var (before, during): ([User: Int], [User: Int]) = ([:], [:])
    /// The rows that may still be added.
    private var room: Int

    /// - Parameters:
    ///   - steps: The moments.
    ///   - room: The most rows.
    init(_ steps: HourSteps, room: Int = 10_000_000) {
        self.steps = steps
        self.room = room
        users = Array(repeating: 0, count: steps.count + 1)
        (clicks, impressions) = (users, users)
    }

    /// Adds a user of a clock hour, which is not before that of the user added last.
    ///
    /// - Parameters:
    ///   - user: The user, who is not among those of this hour yet.
    ///   - first: The time of the first event of the hour, in milliseconds since 1970.
    ///   - last: The time of the last event of the hour.
    /// - Throws: A `QueryError` if there have been too many rows.
    mutating func add(_ user: User, first: Int, last: Int) throws(QueryError) {
        try count()
        let hour = Timestamp(milliseconds: first).hour
        if hour != current {
            before = hour - 1 == current ? during : [:]
            during = [:]
            current = hour
        }
        during[user] = last
        let begin = max(first, before[user].map { $0 + ClockHours.hour + 1 } ?? first)
        let places = steps.places(from: begin, through: last + ClockHours.hour)
        users[places.lowerBound] += 1
        users[places.upperBound] -= 1
    }

    /// Adds the events of a second, or of a moment.
    ///
    /// - Parameters:
    ///   - clicks: The number of clicks.
    ///   - impressions: The number of impressions.
    ///   - first: The first moment whose window has the events, in milliseconds since 1970.
    ///   - last: The last moment whose window has them.
    /// - Throws: A `QueryError` if there have been too many rows.
    mutating func add(clicks: Int, impressions: Int, from first: Int, through last: Int) throws(QueryError) {
        try count()
        let places = steps.places(from: first, through: last)
        self.clicks[places.lowerBound] += clicks
        self.clicks[places.upperBound] -= clicks
        self.impressions[places.lowerBound] += impressions
        self.impressions[places.upperBound] -= impressions
    }

    private mutating func count() throws(QueryError) {
        guard room > 0 else { throw .invalid(.hours) }
        room -= 1
    }

    /// The counts at each moment.
    var reports: [HourReport] {
        var (users, clicks, impressions) = (0, 0, 0)
        return (0..<steps.count).map { place in
            users += self.users[place]
            clicks += self.clicks[place]
            impressions += self.impressions[place]
            return HourReport(uniqueUsers: users, clicks: clicks, impressions: impressions)
        }
    }
}
