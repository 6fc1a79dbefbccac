extension Canvas {
    /// The columns from which on sections stand beside each other.
    private static let leastWide = 100
    /// The most lines of a chart.
    private static let highestChart = 8

    /// Draws sections, in two columns where there is room for them.
    ///
    /// - Parameters:
    ///   - sections: The sections for the left and for the right; below each other on a narrow canvas.
    ///   - rows: The lines to draw into.
    ///   - offset: The lines that are scrolled out at the top.
    ///   - look: The characters to draw with.
    mutating func draw(
        _ sections: (left: [Section], right: [Section]),
        rows: Range<Int>,
        offset: Int,
        _ look: Look
    ) {
        guard width >= Self.leastWide else {
            return draw(sections.left + sections.right, columns: 0..<width, rows: rows, offset: offset, look)
        }
        let middle = width / 2
        draw(sections.left, columns: 0..<middle - 1, rows: rows, offset: offset, look)
        for row in rows { write(look.divider, column: middle, row: row, .faint) }
        draw(sections.right, columns: middle + 2..<width, rows: rows, offset: offset, look)
    }

    private mutating func draw(
        _ sections: [Section],
        columns: Range<Int>,
        rows: Range<Int>,
        offset: Int,
        _ look: Look
    ) {
        let fixed = sections.reduce(0) { $0 + $1.height }
        let charts = sections.count { $0.chart != nil }
        let room = charts == 0 ? 0 : max(0, rows.count - fixed) / charts
        // A chart of a single line shows nothing that the figure does not.
        let chartHeight = room < 2 ? 0 : min(Self.highestChart, room)
        let total = fixed + charts * chartHeight
        var row = rows.lowerBound - max(0, min(offset, total - rows.count))
        for section in sections {
            draw(section, columns: columns, row: row, within: rows, chartHeight: chartHeight, look)
            row += section.height + (section.chart == nil ? 0 : chartHeight)
        }
    }

    private mutating func draw(
        _ section: Section,
        columns: Range<Int>,
        row: Int,
        within rows: Range<Int>,
        chartHeight: Int,
        _ look: Look
    ) {
        if rows.contains(row) { drawTitle(section, columns: columns, row: row, look) }
        var next = row + 1
        if let values = section.chart {
            for line in Chart(values: values, look: look).lines(width: columns.count, height: chartHeight) {
                if rows.contains(next) {
                    write(line, column: columns.lowerBound, row: next, .accent, end: columns.upperBound)
                }
                next += 1
            }
        }
        for line in section.lines {
            if rows.contains(next) {
                var place = columns.lowerBound
                for piece in line {
                    place = write(piece.text, column: place, row: next, piece.tone, end: columns.upperBound)
                }
            }
            next += 1
        }
    }

    private mutating func drawTitle(_ section: Section, columns: Range<Int>, row: Int, _ look: Look) {
        write(look.rule(columns.count), column: columns.lowerBound, row: row, .faint, end: columns.upperBound)
        write(" \(section.title) ", column: columns.lowerBound + 1, row: row, .strong, end: columns.upperBound)
        guard !section.value.isEmpty else { return }
        let value = " \(section.value) "
        let place = columns.upperBound - value.columns - 1
        if place > columns.lowerBound + section.title.columns + 3 {
            write(value, column: place, row: row, .strong, end: columns.upperBound)
        }
    }
}
