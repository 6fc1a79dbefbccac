/// Numbers as the screen writes them; `-` for one that is not known.
enum FigureText {
    static let none = "-"

    /// A number: whole from 100 on, with thousands; else with one place, but for whole ones.
    static func number(_ value: Double?) -> String {
        guard let value, value.isFinite, value.magnitude < 1e15 else { return none }
        guard value.magnitude < 100, value.rounded() != value else { return whole(value) }
        let tenths = Int(exactly: (value.magnitude * 10).rounded()) ?? 0
        return (value < 0 ? "-" : "") + "\(tenths / 10).\(tenths % 10)"
    }

    /// A number of bytes, such as `61 MB`.
    static func bytes(_ value: Double?) -> String {
        guard let value, value.isFinite, value >= 0 else { return none }
        var (rest, unit) = (value, 0)
        while rest >= 1_000, unit < units.count - 1 { (rest, unit) = (rest / 1_000, unit + 1) }
        return "\(number(rest >= 10 ? rest.rounded() : rest)) \(units[unit])"
    }

    /// A short time, such as `1.4 ms`.
    static func time(_ seconds: Double?) -> String {
        guard let seconds, seconds.isFinite, seconds >= 0 else { return none }
        return seconds < 1 ? "\(number(seconds * 1_000)) ms" : "\(number(seconds)) s"
    }

    /// A long time, such as `3 d 4 h`.
    static func age(_ seconds: Double?) -> String {
        guard let seconds, seconds.isFinite, let whole = Int(exactly: seconds.rounded(.down)), whole >= 0 else {
            return none
        }
        switch whole {
        case ..<60: return "\(whole) s"
        case ..<3_600: return "\(whole / 60) min \(whole % 60) s"
        case ..<86_400: return "\(whole / 3_600) h \(whole / 60 % 60) min"
        default: return "\(whole / 86_400) d \(whole / 3_600 % 24) h"
        }
    }

    /// A share, such as `71 %`.
    static func share(_ value: Double?) -> String {
        value.map { "\(number(($0 * 100).rounded())) %" } ?? none
    }

    private static let units = ["B", "kB", "MB", "GB", "TB", "PB"]

    private static func whole(_ value: Double) -> String {
        let number = Int(exactly: value.rounded()) ?? 0
        var digits = "\(number.magnitude)"
        var groups: [String] = []
        while digits.count > 3 {
            groups.insert(String(digits.suffix(3)), at: 0)
            digits.removeLast(3)
        }
        return (number < 0 ? "-" : "") + ([digits] + groups).joined(separator: ",")
    }
}
