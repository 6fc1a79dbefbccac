package import Analytics

/// The hours that end at many moments of a day.
package struct HourCurve: Sendable {
    /// A moment with the counts of the hour that ends there.
    package struct Point: Sendable {
        package let at: Timestamp
        /// The moment on the clock of the zone: `2026-11-25 14:00:00`.
        package let label: String
        package let report: HourReport

        /// - Parameters:
        ///   - at: The moment.
        ///   - label: The moment on the clock of the zone.
        ///   - report: The counts of the hour that ends there.
        package init(at: Timestamp, label: String, report: HourReport) {
            self.at = at
            self.label = label
            self.report = report
        }
    }

    /// The points up to now, in order.
    let points: [Point]
    /// The number of moments, also of those that are to come.
    let count: Int
    let unit: HourAddress.Unit

    /// - Parameters:
    ///   - points: The points up to now, in order.
    ///   - count: The number of moments, also of those that are to come.
    ///   - unit: The distance of the moments.
    package init(_ points: [Point], of count: Int, by unit: HourAddress.Unit) {
        self.points = points
        self.count = max(count, points.count, 1)
        self.unit = unit
    }

    /// The first of the points with the highest count; nil where all counts are 0.
    func peak(_ count: HourCount) -> Point? {
        let most = points.map { count.number(in: $0.report) }.max() ?? 0
        return most == 0 ? nil : points.first { count.number(in: $0.report) == most }
    }

    /// The points that an axis or a table names: whole hours of a day, or whole minutes of an hour.
    var named: [(place: Int, point: Point)] {
        let end = unit == .minute ? ":00:00" : ":00"
        return points.enumerated().filter { $0.element.label.hasSuffix(end) }.map { ($0.offset, $0.element) }
    }
}
