import Load

/// Rows and columns of text.
struct Table {
    /// The format of the text.
    enum Style {
        case plain
        case markdown
    }

    let title: String
    let rows: [[String]]

    /// Makes the table of a section on one flavour, without empty columns.
    init(title: String, _ summaries: [Summary]) {
        self.title = title
        let metrics = Metric.allCases.filter { metric in
            summaries.contains { ($0.values[metric]?.maximum ?? 0) > 0 }
        }
        let isComparing = summaries.contains { $0.ratio != nil }
        let headings = ["", ""] + metrics.map(\.heading) + (isComparing ? ["ratio"] : [])
        rows =
            [headings]
            + summaries.map { summary in
                let cells = metrics.map { metric in summary.values[metric]?.text(digits: metric.digits) ?? "" }
                let ratio = isComparing ? [summary.ratio?.text(digits: 2) ?? ""] : []
                return [summary.situation, summary.contender] + cells + ratio
            }
    }

    func text(_ style: Style) -> String {
        let widths = (rows.first ?? []).indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
        var lines = rows.map { row in
            let cells = zip(row, widths).map { $0 + String(repeating: " ", count: $1 - $0.count) }
            return switch style {
            case .plain: "  " + cells.joined(separator: "  ")
            case .markdown: "| " + cells.joined(separator: " | ") + " |"
            }
        }
        if case .markdown = style {
            lines.insert("|" + widths.map { String(repeating: "-", count: $0 + 2) + "|" }.joined(), at: 1)
        }
        return ([style == .markdown ? "### \(title)\n" : title] + lines).joined(separator: "\n")
    }
}

extension Spread {
    /// The median, and the range unless all values are equal.
    func text(digits: Int) -> String {
        let texts = [median, minimum, maximum].map { $0.grouped(digits: digits) }
        return texts[1] == texts[2] ? texts[0] : "\(texts[0]) (\(texts[1])–\(texts[2]))"
    }
}

extension Double {
    /// The number in decimal, with a blank between groups of three digits.
    fileprivate func grouped(digits: Int) -> String {
        let parts = text(digits: digits).split(separator: ".", maxSplits: 1)
        let whole = Array(parts.first ?? "")
        let grouped = whole.enumerated().map { index, digit in
            let isBorder = index > 0 && (whole.count - index).isMultiple(of: 3)
            return (isBorder ? " " : "") + String(digit)
        }.joined()
        return ([grouped] + parts.dropFirst().map(String.init)).joined(separator: ".")
    }
}
