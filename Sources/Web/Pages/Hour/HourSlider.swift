import Analytics

/// The end of an hour as a slider over its day, with links that move it by hours, minutes and seconds.
struct HourSlider: Component {
    let numbers: HourNumbers
    let address: HourAddress
    let links: Links

    private static let steps: [(title: String, words: String, seconds: Int)] = [
        ("1 h", "an hour", 3_600), ("1 min", "a minute", 60), ("1 s", "a second", 1),
    ]

    private var end: Timestamp { numbers.window.end }

    var html: HTML {
        """
        <div class="slide">
        <ul class="moves" aria-label="Back">\(Self.steps.compactMap { move(by: -1, $0) })</ul>
        <form method="get" action="\(links.site(address.site, .hour))">\(hidden)\
        <label class="unseen" for="at">End of the hour</label>\
        <input type="range" id="at" name="at" min="\(seconds(numbers.day.start))" max="\(seconds(latest))" step="1" \
        value="\(seconds(end))" aria-valuetext="\(numbers.window.clock.end)">\
        <button class="button secondary">Show</button></form>
        <ul class="moves" aria-label="Forward">\(Self.steps.reversed().compactMap { move(by: 1, $0) })</ul>
        </div>
        """
    }

    /// The last moment of the day that is not to come.
    private var latest: Timestamp {
        let last = numbers.day.end.advanced(by: .seconds(-1))
        return max(end, min(last, numbers.now))
    }

    private func seconds(_ moment: Timestamp) -> String { "\(moment.milliseconds / 1_000)" }

    private var hidden: [HTML] {
        address.kept.map { "<input type=\"hidden\" name=\"\($0.name)\" value=\"\($0.value)\">" }
    }

    private func move(by sign: Int, _ step: (title: String, words: String, seconds: Int)) -> HTML? {
        let other = end.advanced(by: .seconds(sign * step.seconds))
        guard other.milliseconds >= 0 else { return nil }
        let words = "\(step.words) \(sign < 0 ? "earlier" : "later")"
        return """
            <li><a href="\(address.showing(other).link(links))" data-move="\(sign * step.seconds)">\
            <span aria-hidden="true">\(sign < 0 ? "−" : "+")\(step.title)</span>\
            <span class="unseen">\(words)</span></a></li>
            """
    }
}
