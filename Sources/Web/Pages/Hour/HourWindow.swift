package import Analytics

/// An hour, with its ends on a clock.
package struct HourWindow: Sendable {
    let end: Timestamp
    let counts: HourReport
    /// The ends on the clock of the zone, such as `13:32:07`.
    let clock: (start: String, end: String)
    /// The date of the end on the same clock, such as `2026-11-25`.
    let date: String

    /// - Parameters:
    ///   - end: The end.
    ///   - counts: The counts.
    ///   - clock: The ends on the clock of the zone, such as `13:32:07`.
    ///   - date: The date of the end on the same clock.
    package init(endingAt end: Timestamp, _ counts: HourReport, clock: (start: String, end: String), on date: String) {
        self.end = end
        self.counts = counts
        self.clock = clock
        self.date = date
    }

    /// The ends in UTC, to the second.
    var inUTC: (start: String, end: String) {
        (Self.time(end.advanced(by: .zero - HourReport.length)), Self.time(end))
    }

    private static func time(_ moment: Timestamp) -> String { String(moment.text.dropFirst(11).dropLast()) }
}
