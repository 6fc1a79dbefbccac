/// A date of a label such as `2026-11-25` or `2026-11-25 14:00:00`, as pages write it.
struct DateText {
    /// The date as `25 Nov 2026`.
    var full: String { "\(short) \(year)" }
    /// The date without its year, as `25 Nov`.
    let short: String
    /// The month, as `Nov 2026`.
    let month: String
    /// The hour and minute, as `14:00`; nil for a whole day.
    let time: String?
    private let year: Substring

    private static let months = [
        "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec",
    ]

    /// Reads a label; nil for another text.
    init?(_ label: String) {
        let parts = label.split { "-T: Z".contains($0) }
        guard parts.count >= 3, let number = Int(parts[1]), 1...12 ~= number else { return nil }
        let name = Self.months[number - 1]
        year = parts[0]
        month = "\(name) \(year)"
        short = "\(parts[2].hasPrefix("0") ? parts[2].dropFirst() : parts[2]) \(name)"
        time = parts.count >= 5 ? "\(parts[3]):\(parts[4])" : nil
    }
}
