package import Analytics

extension User {
    /// A user with a name that is known to be valid.
    package static func named(_ name: String) -> User {
        do {
            return try User(parsing: Array(name.utf8).span)
        } catch {
            preconditionFailure("\(name) is no user: \(error)")
        }
    }
}

extension Event {
    /// An event with defaults for all fields that do not matter to a test.
    package static func sample(
        at milliseconds: Int = 1_223_567_997_000,
        user: String = "a",
        kind: Kind = .click,
        site: SiteID = Site.standard
    ) -> Event {
        Event(time: Timestamp(milliseconds: milliseconds), user: .named(user), kind: kind, site: site)
    }
}

extension [Event] {
    /// The expected counts of an hour, calculated from all events.
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
