import Analytics

/// A moment, shown in UTC, which the script of pages turns into the time of the reader.
struct Moment: Component {
    let time: Timestamp

    init(_ time: Timestamp) { self.time = time }

    var html: HTML { "<time datetime=\"\(time.text)\">\(text)</time>" }

    /// The moment as `26 Nov 2026, 14:32 UTC`.
    private var text: String {
        let parts = time.text.split { "-T:Z".contains($0) }
        guard parts.count == 6, let month = Int(parts[1]), 1...12 ~= month else { return time.text }
        let months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
        let day = parts[2].hasPrefix("0") ? parts[2].dropFirst() : parts[2]
        return "\(day) \(months[month - 1]) \(parts[0]), \(parts[3]):\(parts[4]) UTC"
    }
}
