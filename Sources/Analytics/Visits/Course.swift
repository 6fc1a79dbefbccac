/// Hits of a visitor that follow each other without a gap of more than 30 minutes; times in milliseconds since 1970.
///
/// A visit ends before a hit in three cases:
/// - more than 30 minutes lie between the hit and the one before;
/// - midnight in the zone of the site lies between them, and the visitor is one of a date;
/// - midnight UTC lies between them, and there was no gap of more than 30 minutes since the midnight before: the
///   hits have followed each other since then or longer. So a visit is shorter than 48 hours.
package struct Course: Sendable {
    /// The longest gap and the length of a day, in milliseconds.
    private static let (gap, day) = (1_800_000, 86_400_000)

    /// The time of the first hit since a gap.
    private let start: Int
    private let last: Int

    /// The course with more hits, or another one if they are beyond a gap.
    ///
    /// - Parameters:
    ///   - course: The hits of the visitor before; nil for none.
    ///   - first: The time of the first of the hits, between which there is no gap.
    ///   - last: The time of the last of them.
    package init(after course: Course?, from first: Int, through last: Int) {
        start = if let course, course.continues(at: first) { course.start } else { first }
        self.last = last
    }

    private func continues(at time: Int) -> Bool { time - last <= Self.gap }

    /// True if a hit of the visitor is of the same visit as the one before.
    ///
    /// - Parameters:
    ///   - time: The time of the hit.
    ///   - isDated: True if the visitor is one of a date.
    ///   - dates: The midnights in the zone of the site.
    /// - Returns: True if no case ends the visit.
    package func reaches(_ time: Int, isDated: Bool, _ dates: DateBorders) -> Bool {
        guard continues(at: time) else { return false }
        if isDated, dates.separate(Timestamp(milliseconds: last), Timestamp(milliseconds: time)) { return false }
        let midnight = time - (time % Self.day + Self.day) % Self.day
        return last >= midnight || start > midnight - Self.day
    }
}
