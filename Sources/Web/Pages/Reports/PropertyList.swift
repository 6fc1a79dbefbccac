import Analytics

/// A property of an event with its values.
package struct PropertyList: Sendable {
    let name: String
    /// The events that have it.
    let events: Int
    /// The values with the most visitors.
    let rows: [DashboardList.Row]
    /// The number of values that there are.
    let total: Int

    /// - Parameters:
    ///   - name: The name.
    ///   - events: The events that have it.
    ///   - rows: The values with the most visitors.
    ///   - total: The number of values that there are.
    package init(_ name: String, events: Int, rows: [DashboardList.Row], total: Int) {
        self.name = name
        self.events = events
        self.rows = rows
        self.total = total
    }

    /// The name of the property as filters and tables have it.
    private var field: String { "prop.\(name)" }

    /// The card, whose values are links to their filters.
    ///
    /// - Parameters:
    ///   - place: The place among the properties, from 0 on.
    ///   - address: The state of the page.
    ///   - links: The addresses within the server.
    /// - Returns: The element.
    func html(_ place: Int, _ address: DashboardAddress, _ links: Links) -> HTML {
        let shown = rows.map { row in
            BarTable.Row(
                name: row.value,
                link: address.adding(DashboardFilter(field, "==", [row.value])).link(links),
                number: row.visitors,
                share: MetricText.share(row.share)
            )
        }
        let count = total > rows.count ? "\(Figure(rows.count).text) of \(Figure(total).text) values" : nil
        let file = address.table([.visitors, .percentage, .events], by: field, "csv", links)
        return """
            <section class="card list" id="property-\(place + 1)">
            <div class="head"><h3>\(HTML.name(name))</h3><span class="hint">\(Figure(events)) events</span></div>
            \(BarTable(column: "Value", rows: shown))
            <p class="rest hint">\(count.map { "<span>\($0)</span>" as HTML })<a href="\(file)" download>CSV\
            <span class="unseen"> of \(name)</span></a></p></section>

            """
    }
}
