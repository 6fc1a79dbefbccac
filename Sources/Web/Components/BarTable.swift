/// A table of names with a number each, which is drawn as a bar behind the name.
struct BarTable: Component {
    /// A row.
    struct Row: Sendable {
        let name: String
        /// The address to which the name leads; nil for a name that is none of a thing.
        let link: Link?
        let number: Int
        /// The share as it is shown.
        let share: String
    }

    /// The heading of the names.
    let column: String
    var number = "Visitors"
    /// The heading of the shares.
    var rate = "Share"
    let rows: [Row]

    var html: HTML {
        """
        <table class="bars"><thead><tr><th scope="col">\(column)</th><th scope="col" class="n">\(number)</th>\
        <th scope="col" class="n">\(rate)</th></tr></thead>
        <tbody>\(rows.map(row))</tbody></table>
        """
    }

    private func row(_ row: Row) -> HTML {
        let most = max(1, rows.map(\.number).max() ?? 1)
        let width = "\((Double(row.number) / Double(most) * 100).text(decimals: 1))%"
        let name: HTML =
            row.link.map { "<a href=\"\($0)\" title=\"\(row.name)\">\(HTML.name(row.name))</a>" }
            ?? "<span class=\"plain\">\(row.name)</span>"
        return """
            <tr><th scope="row"><svg class="bar" aria-hidden="true"><rect width="\(width)" height="100%"/></svg>\
            \(name)</th><td class="n">\(Figure(row.number))</td><td class="n">\(row.share)</td></tr>

            """
    }
}
