import Analytics

/// The clock of a time zone over some time.
struct ZoneClock {
    /// The minutes with their labels, such as `2026-11-25 14:05:00`.
    private let minutes: Buckets

    /// - Parameters:
    ///   - period: The time, of at most some days.
    ///   - zone: The zone (IANA).
    ///   - store: The store, whose zones count.
    /// - Throws: A `QueryError`, also of an unknown zone
    init(_ period: Period, _ zone: String, _ store: any EventStore) async throws {
        minutes = try await store.buckets(of: .minute, in: period, zone: zone)
    }

    /// A moment as `2026-11-25 14:05:07`, with milliseconds if it is no whole second; nil outside of the time.
    func label(of moment: Timestamp) -> String? {
        guard let place = minutes.place(of: moment) else { return nil }
        let rest = moment.milliseconds - minutes.starts[place].milliseconds
        let seconds = Self.digits(rest / 1_000, 2)
        let fraction = rest.isMultiple(of: 1_000) ? "" : ".\(Self.digits(rest % 1_000, 3))"
        return "\(minutes.labels[place].dropLast(2))\(seconds)\(fraction)"
    }

    /// The clock hour of a moment; nil outside of the time.
    func hour(of moment: Timestamp) -> Period? {
        guard let place = minutes.place(of: moment) else { return nil }
        let labels = minutes.labels
        let start = (0...place).last { labels[$0].hasSuffix(":00:00") } ?? 0
        let end = labels.indices[(place + 1)...].first { labels[$0].hasSuffix(":00:00") }
        let last = minutes.starts[labels.count - 1].advanced(by: .seconds(60))
        return Period(from: minutes.starts[start], to: end.map { minutes.starts[$0] } ?? last)
    }

    private static func digits(_ number: Int, _ count: Int) -> String {
        let text = "\(number)"
        return String(repeating: "0", count: max(0, count - text.count)) + text
    }
}
