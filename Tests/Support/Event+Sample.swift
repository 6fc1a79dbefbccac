package import Analytics

extension User {
    /// A user by a name that is known to be one.
    package static func named(_ name: String) -> User {
        do {
            return try User(parsing: Array(name.utf8).span)
        } catch {
            preconditionFailure("\(name) is no user: \(error)")
        }
    }
}

extension Event {
    /// An event of which only matters what is said.
    package static func sample(
        at milliseconds: Int = 1_223_567_997_000,
        user: String = "a",
        kind: Kind = .click
    ) -> Event {
        Event(time: Timestamp(milliseconds: milliseconds), user: .named(user), kind: kind)
    }
}

extension [Event] {
    /// The answer by its definition: every event is looked at.
    package func hour(endingAt moment: Timestamp) -> HourReport {
        let window = moment.milliseconds - 3_600_000...moment.milliseconds
        let inside = filter { window.contains($0.time.milliseconds) }
        return HourReport(
            uniqueUsers: Set(inside.map(\.user)).count,
            clicks: inside.count { $0.kind == .click },
            impressions: inside.count { $0.kind == .impression }
        )
    }
}
