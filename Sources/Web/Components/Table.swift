/// A table, which is scrolled sideways within its card where it is too wide.
struct Table: Component {
    /// A button in the head of a column, which sends a form once more in another order.
    struct HeadButton: Sendable {
        /// The id of the form.
        let form: String
        let name: String
        let value: String
    }

    /// A column.
    struct Column: Sendable {
        let title: String
        var isNumber = false
        /// True if the title is not shown, as above buttons.
        var isUnseen = false
        /// The address of the same page in the order of the column; nil for none.
        var link: Link?
        /// The button that sorts by the column, on pages that a form has asked for; nil for none.
        var button: HeadButton?
        /// The order of the rows by the column, as `aria-sort` has it; nil for another order.
        var order: String?

        init(_ title: String, isNumber: Bool = false, isUnseen: Bool = false) {
            self.title = title
            self.isNumber = isNumber
            self.isUnseen = isUnseen
        }
    }

    /// The name of the table, for those who do not see it.
    let label: String
    let columns: [Column]
    /// The cells of each row; the first names the row.
    let rows: [[HTML]]
    /// The cells of the row below them, such as sums; nil for none.
    var foot: [HTML]?

    init(_ label: String, columns: [Column], rows: [[HTML]]) {
        self.label = label
        self.columns = columns
        self.rows = rows
    }

    var html: HTML {
        """
        <div class="table" role="region" aria-label="\(label)" tabindex="0"><table>
        <thead><tr>\(columns.map(head))</tr></thead>
        <tbody>\(rows.map(row))</tbody>\(foot.map { "\n<tfoot>\(row($0))</tfoot>" as HTML })
        </table></div>
        """
    }

    private func head(_ column: Column) -> HTML {
        let plain: HTML = column.isUnseen ? "<span class=\"unseen\">\(column.title)</span>" : "\(column.title)"
        let title: HTML =
            column.link.map { "<a href=\"\($0)\">\(plain)</a>" }
            ?? column.button.map { button in
                "<button form=\"\(button.form)\" name=\"\(button.name)\" value=\"\(button.value)\">\(plain)</button>"
            } ?? plain
        return """
            <th scope="col"\(attribute: "class", column.isNumber ? "n" : nil)\
            \(attribute: "aria-sort", column.order)>\(title)</th>
            """
    }

    private func row(_ cells: [HTML]) -> HTML {
        let all: [HTML] = zip(columns, cells).enumerated().map { index, cell in
            let kind = cell.0.isNumber ? "n" : cell.0.isUnseen ? "do" : nil
            return index == 0
                ? "<th scope=\"row\">\(cell.1)</th>" : "<td\(attribute: "class", kind)>\(cell.1)</td>"
        }
        return "<tr>\(all)</tr>\n"
    }
}
