import Analytics
import Foundation

extension Query {
    /// The labels of a moment in all dimensions of time, found by Foundation.
    func labels(of moment: Timestamp) -> [String] {
        dimensions.compactMap { dimension in
            if case .time(let unit) = dimension { label(of: moment, unit) } else { nil }
        }
    }

    func label(of moment: Timestamp, _ unit: TimeUnit) -> String {
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(identifier: zone)
        var date = Date(timeIntervalSince1970: Double(moment.milliseconds) / 1000)
        switch unit {
        case .minute: format.dateFormat = "yyyy-MM-dd HH:mm:00"
        case .hour: format.dateFormat = "yyyy-MM-dd HH:00:00"
        case .hourOfWeek: format.dateFormat = "EEEE HH:00"
        case .day: format.dateFormat = "yyyy-MM-dd"
        case .month: format.dateFormat = "yyyy-MM-01"
        case .week, .weekFromSunday:
            format.dateFormat = "yyyy-MM-dd"
            var calendar = Calendar(identifier: .iso8601)
            calendar.firstWeekday = unit == .week ? 2 : 1
            calendar.timeZone = format.timeZone
            let start = Date(timeIntervalSince1970: Double(period.start.milliseconds) / 1000)
            date = max(calendar.dateInterval(of: .weekOfYear, for: date)?.start ?? date, start)
        }
        return format.string(from: date)
    }
}
