import Analytics

/// A moment, shown in UTC, which the script of pages turns into the time of the reader.
struct Moment: Component {
    let time: Timestamp
    /// True to leave out the time of the day.
    let isDate: Bool

    init(_ time: Timestamp, isDate: Bool = false) {
        self.time = time
        self.isDate = isDate
    }

    var html: HTML { "<time datetime=\"\(time.text)\"\(flag: "data-date", isDate)>\(text)</time>" }

    /// The moment as `26 Nov 2026, 14:32 UTC`, or its date.
    private var text: String {
        let parts = time.text.split { "-T:Z".contains($0) }
        guard parts.count == 6, let date = DateText(time.text)?.full else { return time.text }
        return isDate ? date : "\(date), \(parts[3]):\(parts[4]) UTC"
    }
}
