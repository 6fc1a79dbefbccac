import Analytics

/// The curve of a count of the hours of a day, on which the hour that is shown is marked.
struct HourChart: Component {
    let numbers: HourNumbers
    let address: HourAddress
    let links: Links

    private static let (margin, height) = (8.0, 192.0)
    /// The most columns of the curve; of more points each column has its least and its greatest.
    private static let mostColumns = 720

    private var curve: HourCurve { numbers.curve }
    private var count: HourCount { address.count }
    private func number(_ point: HourCurve.Point) -> Int { count.number(in: point.report) }
    private var scale: ChartScale { ChartScale(curve.points.map(number).max() ?? 0) }
    private var title: String { "\(count.title) of the hour, at every \(curve.unit.rawValue)" }

    var html: HTML {
        """
        <section class="card series" id="curve">
        <div class="head row"><h2>\(title)</h2>\(units)</div>
        <div class="plot">
        <ol class="scale" aria-hidden="true">\(scale.lines.map { "<li>\(Figure($0))</li>" as HTML })</ol>
        <svg class="chart" role="group" aria-label="\(summary)">
        <g class="grid">\(scale.lines.indices.map(gridLine))</g>
        <svg y="8" width="100%" height="192" viewBox="0 0 \(curve.count) 1920" preserveAspectRatio="none">\(paths)</svg>
        <g class="dots">\(mark)</g>
        <g class="ticks" aria-hidden="true">\(ticks)</g>
        <g class="spots" aria-hidden="true">\(spots)</g>
        </svg>
        </div>
        \(peak)<details class="more values"><summary>Table\(Icon.open)</summary>\(table)</details>
        </section>
        """
    }

    private var units: HTML {
        let items: [HTML] = HourAddress.Unit.allCases.map { unit in
            let mark = unit == address.unit ? "true" : nil
            let title = unit == .minute ? "Day by minute" : "Hour by second"
            return """
                <li><a href="\(address.showing(unit).link(links).element("curve"))"\
                \(attribute: "aria-current", mark)>\(title)</a></li>
                """
        }
        return "<nav class=\"picks\" aria-label=\"Detail\"><ul>\(items)</ul></nav>"
    }

    private var summary: String {
        guard let peak = curve.peak(count) else { return "\(title): nothing but 0" }
        return "\(title), at most \(Figure(number(peak)).text) at \(time(peak)). Values are in the table below."
    }

    private var peak: HTML? {
        guard let peak = curve.peak(count) else { return nil }
        return """
            <p class="rest hint">Peak: <a href="\(address.showing(peak.at).link(links))">\(Figure(number(peak))) at \
            \(time(peak))</a></p>
            """
    }

    /// The time of a point, as `14:00` or `14:00:05`.
    private func time(_ point: HourCurve.Point) -> String {
        let time = point.label.dropFirst(11)
        return String(curve.unit == .minute ? time.prefix(5) : time)
    }

    private func gridLine(_ index: Int) -> HTML {
        let y = Self.margin + Double(index) * Self.height / Double(max(1, scale.lines.count - 1))
        return "<line x1=\"0\" x2=\"100%\" y1=\"\(y.text(decimals: 0))\" y2=\"\(y.text(decimals: 0))\"/>"
    }

    // MARK: The curve

    /// The place on the axis of time, from 0 to 1.
    private func x(_ place: Double) -> Double { place / Double(curve.count) }

    private func percent(_ share: Double) -> String { "\((share * 100).text(decimals: 2))%" }

    /// The line and its area, in tenths of the height, by short steps from point to point.
    private var paths: HTML {
        let (kept, scale) = (kept, scale)
        guard let first = kept.first, let last = kept.last, kept.count > 1 else { return "" }
        let heights = kept.map { Int((scale.above(number(curve.points[$0])) * Self.height * 10).rounded()) }
        let steps = kept.indices.dropFirst().map { index in
            "l\(kept[index] - kept[index - 1]) \(heights[index] - heights[index - 1])"
        }.joined()
        let line = "M\(first) \(heights[0])\(steps)"
        return """
            <path class="area" d="\(line)L\(last) 1920H\(first)Z"/><path class="line" d="\(line)"/>
            """
    }

    /// The places of the points by which the curve is drawn: those where it bends, and not too many.
    private var kept: [Int] {
        let values = curve.points.map(number)
        let bends = values.indices.filter { place in
            place == 0 || place == values.count - 1 || values[place] != values[place - 1]
                || values[place] != values[place + 1]
        }
        guard bends.count > 2 * Self.mostColumns else { return bends }
        let width = (values.count + Self.mostColumns - 1) / Self.mostColumns
        return stride(from: 0, to: values.count, by: width).flatMap { start in
            let column = start..<min(start + width, values.count)
            let least = column.min { values[$0] < values[$1] } ?? start
            let greatest = column.max { values[$0] < values[$1] } ?? start
            return Set([least, greatest]).sorted()
        }
    }

    /// The place of a moment on the axis of time; nil where it lies outside of it.
    private func x(of moment: Timestamp) -> Double? {
        guard let first = curve.points.first else { return nil }
        let step = curve.unit == .minute ? 60_000.0 : 1_000.0
        let share = x(Double(moment.milliseconds - first.at.milliseconds) / step)
        return 0...1 ~= share ? share : nil
    }

    /// The hour that is shown.
    private var mark: HTML? {
        guard let x = x(of: numbers.window.end) else { return nil }
        let y = Self.margin + scale.above(min(scale.top, count.number(in: numbers.window.counts))) * Self.height
        return """
            <line class="mark" x1="\(percent(x))" x2="\(percent(x))" y1="8" y2="200"/>\
            <circle cx="\(percent(x))" cy="\(y.text(decimals: 1))" r="4"/>
            """
    }

    private var ticks: [HTML] {
        let step = 3
        return curve.named.enumerated().filter { $0.offset.isMultiple(of: step) }.map { index, named in
            let kind = (index / step).isMultiple(of: 2) ? nil : "minor"
            let anchor = named.place == 0 ? "start" : "middle"
            return """
                <text\(attribute: "class", kind) x="\(percent(x(Double(named.place))))" y="220" \
                text-anchor="\(anchor)">\(named.point.label.dropFirst(11).prefix(5))</text>
                """
        }
    }

    /// The places that tell their value to a pointer, and lead to their hour.
    private var spots: [HTML] {
        let named = curve.named
        let width = x(60)
        return named.map { place, point in
            """
            <a href="\(address.showing(point.at).link(links))" tabindex="-1"><rect x="\(percent(x(Double(place))))" \
            y="0" width="\(percent(width))" height="200"><title>\(time(point)): \(Figure(number(point)).text)</title>\
            </rect></a>
            """
        }
    }

    private var table: Table {
        let counts = HourCount.allCases
        return Table(
            title,
            columns: [Table.Column("Hour ends at")] + counts.map { Table.Column($0.title, isNumber: true) },
            rows: curve.named.map { _, point in
                let link: HTML = "<a href=\"\(address.showing(point.at).link(links))\">\(time(point))</a>"
                return [link] + counts.map { Figure($0.number(in: point.report)).html }
            }
        )
    }
}
