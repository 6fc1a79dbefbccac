package import Analytics

/// The numbers of the page about the sliding hour.
package struct HourNumbers: Sendable {
    let window: HourWindow
    let curve: HourCurve
    /// The day of the curve on the clock of the zone.
    let day: Period
    let zone: String
    let now: Timestamp
    /// The answer of `GET /analytics`.
    let lines: String
    /// The command that asks for it.
    let command: String

    /// - Parameters:
    ///   - window: The hour.
    ///   - curve: The hours of its day.
    ///   - day: The day on the clock of the zone.
    ///   - zone: The time zone (IANA).
    ///   - now: The present moment.
    ///   - lines: The answer of `GET /analytics`.
    ///   - command: The command that asks for it.
    package init(
        _ window: HourWindow,
        curve: HourCurve,
        day: Period,
        zone: String,
        now: Timestamp,
        lines: String,
        command: String
    ) {
        self.window = window
        self.curve = curve
        self.day = day
        self.zone = zone
        self.now = now
        self.lines = lines
        self.command = command
    }
}
