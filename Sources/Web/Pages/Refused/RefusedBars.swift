package import Analytics

/// The refused hits of each hour or day, those of different reasons on top of each other.
package struct RefusedBars: Component {
    /// An hour or a day.
    package struct Part: Sendable {
        package let start: Timestamp
        /// The numbers, in the order of the reasons.
        package var counts: [Int]

        package init(start: Timestamp, counts: [Int]) {
            self.start = start
            self.counts = counts
        }

        /// The number of all reasons.
        var sum: Int { counts.reduce(0) { $0.addingReportingOverflow($1).partialValue } }
    }

    /// The reasons, at most `mostReasons` and one for all others.
    let reasons: [String]
    let parts: [Part]
    let span: RefusedSpan

    /// The reasons that have a colour of their own.
    package static let mostReasons = 4
    /// The most rows of the table.
    private static let mostRows = 24
    /// The height of the chart, in its own units.
    private static let height = 200.0

    /// - Parameters:
    ///   - reasons: The reasons, the most frequent first.
    ///   - parts: The parts of the time, the first one first.
    ///   - span: The time.
    package init(reasons: [String], parts: [Part], span: RefusedSpan) {
        self.reasons = reasons
        self.parts = parts
        self.span = span
    }

    private var unit: String { span.step == 1 ? "hour" : "day" }
    private var title: String { "Refused hits by \(unit)" }

    package var html: HTML {
        let most = max(1, parts.map(\.sum).max() ?? 1)
        return """
            <section class="card series" id="hours">
            <div class="head"><h2>\(title)</h2></div>
            <div class="bars-plot"><svg class="minutes stacked" viewBox="0 0 \(parts.count) 200" \
            preserveAspectRatio="none" role="img" aria-label="\(title), at most \(Figure(most).text).">\
            \(reasons.indices.reversed().map { path($0, most) })</svg>
            <p class="ends hint"><span>\(parts.first.map { Moment($0.start) })</span><span>now</span></p></div>
            \(legend)
            <details class="more values"><summary>Table\(Icon.open)</summary>\(table)</details>
            </section>
            """
    }

    /// The area of a reason and those before it, over all parts; what is drawn later covers those before.
    private func path(_ place: Int, _ most: Int) -> HTML {
        var steps: [(height: Int, parts: Int)] = []
        for part in parts {
            let sum = part.counts.prefix(place + 1).reduce(0) { $0.addingReportingOverflow($1).partialValue }
            let height = max(sum > 0 ? 1 : 0, Int(Double(sum) / Double(most) * Self.height))
            if let last = steps.last, last.height == height {
                steps[steps.count - 1].parts += 1
            } else {
                steps.append((height, 1))
            }
        }
        let line = steps.map { "V\(Int(Self.height) - $0.height)h\($0.parts)" }.joined()
        return "<path class=\"c\(place)\" d=\"M0 \(Int(Self.height))\(line)V\(Int(Self.height))z\"/>"
    }

    private var legend: HTML {
        let items: [HTML] = reasons.enumerated().map { place, reason in
            """
            <li><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">\
            <rect class="c\(place)" width="12" height="12"/></svg>\(reason)</li>
            """
        }
        return "<ul class=\"legend\" aria-label=\"Colours\">\(items)</ul>"
    }

    private var table: Table {
        let rows = parts.reversed().filter { $0.sum > 0 }.prefix(Self.mostRows)
        return Table(
            "\(title), the last \(Self.mostRows) that have any",
            columns: [
                Table.Column(unit.prefix(1).uppercased() + unit.dropFirst()), Table.Column("Refused", isNumber: true),
            ],
            rows: rows.map { [Moment($0.start, isDate: span.step > 1).html, Figure($0.sum).html] }
        )
    }
}
