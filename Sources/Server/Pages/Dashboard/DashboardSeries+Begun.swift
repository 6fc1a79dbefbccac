import Analytics
import Web

extension DashboardSeries.Unit {
    /// The number of parts of a period that have begun, of one that is not over.
    ///
    /// - Parameters:
    ///   - count: The number of all its parts, which is that of weeks and months: the last of them is the present one.
    ///   - start: The start of the period.
    ///   - now: The present moment.
    ///   - today: The present day.
    /// - Returns: The number.
    func begun(of count: Int, since start: Timestamp, at now: Timestamp, today: Period) -> Int {
        let elapsed = now.milliseconds - start.milliseconds
        return switch self {
        case .minute: elapsed / 60_000 + 1
        case .hour: elapsed / 3_600_000 + 1
        // Half a day more, as days have 23 to 25 hours.
        case .day: (today.start.milliseconds - start.milliseconds + 43_200_000) / 86_400_000 + 1
        case .week, .month: count
        }
    }
}
