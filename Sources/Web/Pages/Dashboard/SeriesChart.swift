/// The line of a series with its area over that of the time before, and its values as a table.
struct SeriesChart: Component {
    let series: DashboardSeries
    /// The state of the page, from which a part leads to the same page about itself; nil to lead nowhere.
    var address: DashboardAddress?
    var links = Links()
    /// The name of the values, where they are not of the number.
    var noun: String?
    /// False where the page has its values in another table.
    var hasTable = true

    /// The most parts that tell their values to a pointer on a page that has them in another table.
    private static let mostSpots = 100
    private static let (margin, height) = (8.0, 192.0)

    private var scale: ChartScale { series.scale }
    private var shownNoun: String { noun ?? MetricText.title(series.metric) }
    private var title: String { "\(shownNoun) by \(series.unit.rawValue)" }
    private var isCompared: Bool { series.parts.contains { $0.former != nil } }

    var html: HTML {
        """
        <section class="card series" id="series">
        <div class="head row"><h2>\(title)</h2>\(units)</div>
        <div class="plot">
        <ol class="scale" aria-hidden="true">\(scale.lines.map { "<li>\(series.text($0))</li>" as HTML })</ol>
        <svg class="chart" data-series role="group" aria-label="\(summary)">
        <g class="grid">\(scale.lines.indices.map(gridLine))</g>
        <svg y="8" width="100%" height="192" viewBox="0 0 1000 192" preserveAspectRatio="none">\(paths)\(formerPath)</svg>
        <g class="dots">\(dot)</g>
        <g class="ticks">\(ticks)</g>
        <g class="spots">\(spots)</g>
        <g class="flags">\(flags)</g>
        </svg>
        </div>
        \(notes)
        \(values)
        \(rest)
        </section>
        """
    }

    private var values: HTML? {
        hasTable
            ? "<details class=\"more values\"><summary>Table\(Icon.open)</summary>\(table)</details>" : nil
    }

    private var rest: HTML? {
        address.map { address in
            let source = DashboardSource(series.metric, by: .time(series.unit))
            let ways = PanelLinks(panel: .series, source: source, address: address, links: links)
            return "<p class=\"rest hint\">\(ways)\(visits(address))</p>"
        }
    }

    /// The way to the visits that are counted; none where single ones are not shown.
    private func visits(_ address: DashboardAddress) -> HTML? {
        guard address.share == nil, address.view.hasCharts else { return nil }
        let all = address.view.subject.map(address.adding) ?? address
        return " <a href=\"\(all.showing(DashboardView.visits).link(links))\">The single visits</a>"
    }

    /// The choice of the length of the parts.
    private var units: HTML? {
        guard let address, series.units.count > 1 else { return nil }
        // The key goes through them.
        let place = series.units.firstIndex(of: series.unit).map { ($0 + 1) % series.units.count } ?? 0
        let items: [HTML] = series.units.enumerated().map { index, unit in
            let mark = unit == series.unit ? "true" : nil
            let (key, does) = index == place ? ("i", "Other parts of the chart") : (nil, nil)
            let link = address.showing(unit).link(links).element("series")
            return """
                <li><a href="\(link)"\(attribute: "data-key", key)\(attribute: "data-does", does)\
                \(attribute: "aria-current", mark)>\(unit.title)</a></li>
                """
        }
        return "<nav class=\"picks\" aria-label=\"Parts of the chart\"><ul>\(items)</ul></nav>"
    }

    private var summary: String {
        guard let most = series.parts.max(by: { $0.value < $1.value }) else { return title }
        return
            "\(title), at most \(series.text(most.value)): \(series.full(most)). All values are in the table below."
    }

    private func gridLine(_ index: Int) -> HTML {
        let y = Self.margin + Double(index) * Self.height / Double(max(1, scale.lines.count - 1))
        return "<line x1=\"0\" x2=\"100%\" y1=\"\(y.text(decimals: 0))\" y2=\"\(y.text(decimals: 0))\"/>"
    }

    /// The place of a part on the axis of time, from 0 to 1.
    private func x(_ index: Int) -> Double { (Double(index) + 0.5) / Double(max(1, series.parts.count)) }

    private func percent(_ share: Double) -> String { "\((share * 100).text(decimals: 2))%" }

    /// The line of the time before, over all of it.
    private var formerPath: HTML? {
        let scale = scale
        let points = series.parts.enumerated().compactMap { index, part in
            part.former.map { "\(Self.plain(x(index) * 1000)) \(Self.plain(scale.above($0) * Self.height))" }
        }
        guard points.count > 1 else { return nil }
        return "<path class=\"former\" d=\"M\(points.joined(separator: "L"))\"/>"
    }

    private var paths: HTML {
        let scale = scale
        let points = series.begunParts.enumerated().map { index, part in
            "\(Self.plain(x(index) * 1000)) \(Self.plain(scale.above(part.value) * Self.height))"
        }
        guard let last = points.last, points.count > 1 else { return "" }
        let line = "M" + points.joined(separator: "L")
        let area = "\(line)V192H\(Self.plain(x(0) * 1000))Z"
        guard series.isOpen else { return "<path class=\"area\" d=\"\(area)\"/><path class=\"line\" d=\"\(line)\"/>" }
        let closed = "M" + points.dropLast().joined(separator: "L")
        let open = "M\(points[points.count - 2])L\(last)"
        return """
            <path class="area" d="\(area)"/><path class="line" d="\(closed)"/><path class="line open" d="\(open)"/>
            """
    }

    /// A number of a path, without groups.
    private static func plain(_ number: Double) -> String { number.text(decimals: 1).replacing(",", with: "") }

    /// The last point, so that one alone is seen.
    private var dot: HTML? {
        guard series.begun > 0 else { return nil }
        let y = Self.margin + scale.above(series.parts[series.begun - 1].value) * Self.height
        return "<circle cx=\"\(percent(x(series.begun - 1)))\" cy=\"\(y.text(decimals: 1))\" r=\"3.5\"/>"
    }

    private var ticks: [HTML] {
        let count = series.parts.count
        return series.namedParts.enumerated().map { place, index in
            let kind = place.isMultiple(of: 2) ? nil : "minor"
            let x = percent(x(index))
            let anchor = count > 4 && index == 0 ? "start" : count > 4 && index == count - 1 ? "end" : "middle"
            let at = anchor == "start" ? "0" : anchor == "end" ? "100%" : x
            return """
                <text\(attribute: "class", kind) x="\(at)" y="220" text-anchor="\(anchor)">\
                \(series.short(series.parts[index]))</text>
                """
        }
    }

    /// The places that tell their value to a pointer, and lead to the same page about themselves.
    private var spots: [HTML] {
        guard hasTable || series.parts.count <= Self.mostSpots else { return [] }
        let width = percent(1 / Double(max(1, series.parts.count)))
        return series.begunParts.enumerated().map { index, part in
            let start = percent(Double(index) / Double(max(1, series.parts.count)))
            let before = part.former.map { ", before: \(series.text($0))" } ?? ""
            let spot: HTML = """
                <rect x="\(start)" y="0" width="\(width)" height="200">\
                <title>\(series.full(part)): \(series.text(part.value))\(before)</title></rect>
                """
            // The table has the same links for the keyboard.
            return link(part).map { "<a href=\"\($0)\" tabindex=\"-1\" aria-hidden=\"true\">\(spot)</a>" } ?? spot
        }
    }

    private func link(_ part: DashboardSeries.Part) -> Link? {
        address.flatMap { $0.showing(part, series.unit) }.map { $0.link(links) }
    }

    /// The places of notes.
    private var flags: [HTML] {
        series.notes.compactMap { note in
            series.index(of: note.date).map { index in
                "<circle cx=\"\(percent(x(index)))\" cy=\"200\" r=\"4\"><title>\(note.text)</title></circle>"
            }
        }
    }

    private var notes: HTML? {
        guard !series.notes.isEmpty else { return nil }
        let items: [HTML] = series.notes.map { note in
            "<li><strong>\(DateText(note.date)?.full ?? note.date)</strong> \(HTML.name(note.text))</li>"
        }
        return "<ul class=\"notes\" aria-label=\"Notes\">\(items)</ul>"
    }

    private var table: Table {
        let columns =
            [
                Table.Column(series.unit.title),
                Table.Column(shownNoun, isNumber: true),
            ] + (isCompared ? [Table.Column("Before", isNumber: true)] : [])
        return Table(title, columns: columns, rows: series.begunParts.map(row))
    }

    private func row(_ part: DashboardSeries.Part) -> [HTML] {
        let name: HTML = link(part).map { "<a href=\"\($0)\">\(series.full(part))</a>" } ?? "\(series.full(part))"
        let former: HTML = part.former.map { "\(series.text($0))" } ?? "–"
        return [name, "\(series.text(part.value))"] + (isCompared ? [former] : [])
    }
}
