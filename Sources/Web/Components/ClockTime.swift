import Analytics

/// A time of the day, shown in UTC, which the script of pages turns into the time of the reader.
struct ClockTime: Component {
    let time: Timestamp

    init(_ time: Timestamp) { self.time = time }

    var html: HTML {
        let text = time.text.dropFirst(11).dropLast()
        return "<time datetime=\"\(time.textInMilliseconds)\" data-clock-time>\(text) UTC</time>"
    }
}
