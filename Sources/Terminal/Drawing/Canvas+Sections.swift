extension Canvas {
    /// The columns from which on sections stand beside each other.
    private static let leastWide = 100
    /// The most lines of a chart.
    fileprivate static let highestChart = 8

    /// The columns of a section on a canvas of a width.
    static func columns(of width: Int) -> Int { width >= leastWide ? width / 2 - 2 : width }

    /// Draws sections, in two columns where there is room for them.
    ///
    /// - Parameters:
    ///   - sections: The sections for the left and for the right; below each other on a narrow canvas, and over its whole
    ///     width without any for the right.
    ///   - rows: The lines to draw into.
    ///   - offset: The lines that are scrolled out at the top.
    ///   - chosen: The place of the chosen row among those of all sections, which is always shown; nil for none.
    ///   - look: The characters to draw with.
    mutating func draw(_ sections: Sections, rows: Range<Int>, offset: Int, chosen: Int? = nil, _ look: Look) {
        guard width >= Self.leastWide, !sections.right.isEmpty else {
            let all = Column(sections: sections.left + sections.right, columns: 0..<width, rows: rows, chosen: chosen)
            return draw(all, offset: offset, look)
        }
        let middle = width / 2
        draw(Column(sections: sections.left, columns: 0..<middle - 1, rows: rows, chosen: chosen), offset: offset, look)
        for row in rows { write(look.divider, column: middle, row: row, .faint) }
        let passed = sections.left.reduce(0) { $0 + $1.rows.count }
        let right = Column(
            sections: sections.right,
            columns: middle + 2..<width,
            rows: rows,
            chosen: chosen.map { $0 - passed }
        )
        draw(right, offset: offset, look)
    }

    /// Sections below each other.
    private struct Column {
        let sections: [Section]
        let columns: Range<Int>
        let rows: Range<Int>
        /// The place of the chosen row among those of the column; none has it if it is another column's.
        let chosen: Int?

        /// The lines of each chart.
        var chartHeight: Int {
            let fixed = sections.reduce(0) { $0 + $1.height }
            let charts = sections.count { $0.chart != nil }
            let room = charts == 0 ? 0 : max(0, rows.count - fixed) / charts
            // A chart of a single line shows nothing that the figure does not.
            return room < 2 ? 0 : min(Canvas.highestChart, room)
        }

        func height(of section: Section) -> Int { section.height + (section.chart == nil ? 0 : chartHeight) }

        /// The line of the chosen row from the top of the column; nil for none.
        var chosenLine: Int? {
            guard let chosen, chosen >= 0 else { return nil }
            var (top, passed) = (0, 0)
            for section in sections {
                let bottom = top + height(of: section)
                if chosen < passed + section.rows.count { return bottom - section.lines.count + chosen - passed }
                passed += section.rows.count
                top = bottom
            }
            return nil
        }

        /// The lines that are scrolled out, so that the last line is not above the end and the chosen row is shown.
        func offset(_ wanted: Int) -> Int {
            let total = sections.reduce(0) { $0 + height(of: $1) }
            let offset = max(0, min(wanted, total - rows.count))
            guard let line = chosenLine, rows.count > 0 else { return offset }
            return min(max(offset, line - rows.count + 1), line)
        }
    }

    private mutating func draw(_ column: Column, offset: Int, _ look: Look) {
        var row = column.rows.lowerBound - column.offset(offset)
        var passed = 0
        for section in column.sections {
            let chosen = column.chosen.map { $0 - passed }
            draw(section, in: column, row: row, chosen: chosen, look)
            passed += section.rows.count
            row += column.height(of: section)
        }
    }

    private mutating func draw(_ section: Section, in column: Column, row: Int, chosen: Int?, _ look: Look) {
        let (columns, rows) = (column.columns, column.rows)
        if rows.contains(row) { drawTitle(section, columns: columns, row: row, look) }
        var next = row + 1
        if let values = section.chart {
            for line in Chart(values: values, look: look).lines(width: columns.count, height: column.chartHeight) {
                if rows.contains(next) {
                    write(line, column: columns.lowerBound, row: next, .accent, end: columns.upperBound)
                }
                next += 1
            }
        }
        for (index, line) in section.lines.enumerated() {
            if rows.contains(next) {
                var place = columns.lowerBound
                if !section.targets.isEmpty {
                    let mark = look.mark(isChosen: index == chosen)
                    place = write(mark, column: place, row: next, .strong, end: columns.upperBound)
                }
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
