/// The change of a number since a time before: an arrow, which words say too, and the amount.
struct ChangeMark: Component {
    /// The change in per cent or points.
    let amount: Int
    var unit = "%"
    /// True for a number that was 0 before.
    var isNew = false
    /// True for a number of which less is better.
    var isBadToRise = false

    var html: HTML {
        if isNew { return "<span class=\"change\">new</span>" }
        if amount == 0 { return "<span class=\"change\">± 0 \(unit)</span>" }
        let isGood = (amount > 0) != isBadToRise
        let word = amount > 0 ? "up" : "down"
        return """
            <span class="change \(isGood ? "good" : "bad")"><span aria-hidden="true">\(amount > 0 ? "▲" : "▼") </span>\
            <span class="unseen">\(word) </span>\(Figure(Int(clamping: amount.magnitude)).text) \(unit)</span>
            """
    }
}
