/// A minute on a clock, without a time zone.
struct CivilMinute: Hashable, Sendable, Comparable {
    let date: CivilDate
    /// The minute of the day, from 0 to 1439.
    private let minute: Int

    private static let day = 1_440

    private init(_ date: CivilDate, _ minute: Int) {
        self.date = date
        self.minute = minute
    }

    /// Reads a minute such as `2026-01-31T14:05` or `2026-01-31 14:05:00`, or the first or last one of a date.
    ///
    /// - Parameters:
    ///   - text: The text.
    ///   - isLast: True for the last minute of a date.
    init?(_ text: some StringProtocol, isLast: Bool = false) {
        guard let date = CivilDate(text.prefix(10)) else { return nil }
        if text.utf8.count == 10 {
            self.init(date, isLast ? Self.day - 1 : 0)
            return
        }
        let parts = text.dropFirst(11).prefix(5).split(separator: ":")
        guard parts.count == 2, let hour = Int(parts[0]), let minute = Int(parts[1]), (0..<24).contains(hour),
            (0..<60).contains(minute)
        else { return nil }
        self.init(date, hour * 60 + minute)
    }

    /// The minute that lies minutes after it on the clock; nil beyond the years.
    func adding(_ count: Int) -> CivilMinute? {
        guard (-Self.day * 40_000...Self.day * 40_000).contains(count) else { return nil }
        let sum = minute + count
        let days = sum >= 0 ? sum / Self.day : (sum - Self.day + 1) / Self.day
        return date.adding(days: days).map { CivilMinute($0, sum - days * Self.day) }
    }

    /// The minutes from it up to another one.
    func minutes(to other: CivilMinute) -> Int { date.days(to: other.date) * Self.day + other.minute - minute }

    static func < (one: CivilMinute, other: CivilMinute) -> Bool {
        (one.date, one.minute) < (other.date, other.minute)
    }

    /// The time as `14:05`.
    var time: String { "\(Self.padded(minute / 60)):\(Self.padded(minute % 60))" }

    /// The minute as addresses have it, such as `2026-01-31T14:05`.
    var text: String { "\(date)T\(time)" }

    private static func padded(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
}
