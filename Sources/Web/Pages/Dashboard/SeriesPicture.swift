import Analytics

/// The chart of a series as an image file of its own (SVG), with all its colours in it.
package struct SeriesPicture: Sendable {
    let series: DashboardSeries
    let isDark: Bool

    private static let (left, right, top, bottom) = (64.0, 784.0, 48.0, 240.0)

    /// - Parameters:
    ///   - series: The series.
    ///   - isDark: True for light lines on a dark ground.
    package init(_ series: DashboardSeries, isDark: Bool) {
        self.series = series
        self.isDark = isDark
    }

    private var scale: ChartScale { series.scale }
    private var title: String { "\(MetricText.title(series.metric)) by \(series.unit.rawValue)" }
    private var ground: String { isDark ? "#1c1d1b" : "#ffffff" }
    private var ink: String { isDark ? "#ededea" : "#1b1b18" }
    private var muted: String { isDark ? "#a9a8a0" : "#5e5d57" }
    private var rule: String { isDark ? "#3a3b37" : "#d9d8d3" }
    private var line: String { isDark ? "#4d97e3" : "#2f7fd1" }
    private var area: String { isDark ? "#1d3a57" : "#dbe9f8" }

    /// The file.
    package var bytes: [UInt8] {
        let file: HTML = """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 800 280" width="800" height="280" role="img" \
            font-family="system-ui, sans-serif" font-size="12">
            <title>\(title)</title>
            <rect width="800" height="280" rx="8" fill="\(ground)"/>
            <text x="16" y="28" font-size="15" font-weight="600" fill="\(ink)">\(title)</text>
            <text x="784" y="28" text-anchor="end" fill="\(muted)">\(series.dates ?? "")</text>
            \(scale.lines.enumerated().map { gridLine($0.offset, $0.element) })
            \(former)\(paths)
            \(ticks)
            </svg>

            """
        return file.bytes
    }

    private func x(_ index: Int) -> Double {
        Self.left + (Double(index) + 0.5) / Double(max(1, series.parts.count)) * (Self.right - Self.left)
    }

    private func y(_ value: Int) -> Double { Self.top + scale.above(value) * (Self.bottom - Self.top) }

    /// A number of a path, without groups.
    private func plain(_ number: Double) -> String { number.text(decimals: 1).replacing(",", with: "") }

    private func gridLine(_ index: Int, _ value: Int) -> HTML {
        let y = plain(self.y(value))
        return """
            <line x1="64" x2="784" y1="\(y)" y2="\(y)" stroke="\(rule)"/>\
            <text x="56" y="\(y)" dy="4" text-anchor="end" fill="\(muted)">\(series.text(value))</text>

            """
    }

    /// The line of the time before.
    private var former: HTML? {
        let points = series.parts.enumerated().compactMap { index, part in
            part.former.map { "\(plain(x(index))) \(plain(y($0)))" }
        }
        guard points.count > 1 else { return nil }
        return """
            <path d="M\(points.joined(separator: "L"))" fill="none" stroke="\(muted)" stroke-width="1.5" \
            stroke-dasharray="4 4"/>
            """
    }

    private var paths: HTML? {
        let points = series.begunParts.enumerated().map { "\(plain(x($0.offset))) \(plain(y($0.element.value)))" }
        guard let last = series.begunParts.last else { return nil }
        let path = "M" + points.joined(separator: "L")
        let (end, height) = (plain(x(points.count - 1)), plain(y(last.value)))
        return """
            <path d="\(path)V240H\(plain(x(0)))Z" fill="\(area)" opacity="0.7"/>\
            <path d="\(path)" fill="none" stroke="\(line)" stroke-width="2" stroke-linejoin="round"/>\
            <circle cx="\(end)" cy="\(height)" r="3.5" fill="\(line)"/>
            """
    }

    private var ticks: [HTML] {
        series.namedParts.map { index in
            let name = series.short(series.parts[index])
            return "<text x=\"\(plain(x(index)))\" y=\"262\" text-anchor=\"middle\" fill=\"\(muted)\">\(name)</text>\n"
        }
    }
}
