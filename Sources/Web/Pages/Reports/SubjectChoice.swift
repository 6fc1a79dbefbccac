/// The pages or events with the most visitors, to choose one of them.
struct SubjectChoice: Component {
    let kind: SubjectKind
    let rows: [DashboardList.Row]
    let frame: ViewFrame
    let links: Links
    /// The view that a value leads to.
    let view: @Sendable (String) -> DashboardView

    var html: HTML {
        guard !rows.isEmpty else {
            return
                "<section class=\"card\">\(frame.noHits("There is no \(kind.rawValue) in this time", links))</section>"
        }
        let shown = rows.map { row in
            BarTable.Row(
                name: row.value,
                link: frame.address.showing(view(row.value)).link(links),
                number: row.visitors,
                share: MetricText.share(row.share)
            )
        }
        return """
            <section class="card list" id="choice"><div class="head"><h2>Choose one</h2></div>
            \(BarTable(column: kind.title, rows: shown))</section>

            """
    }
}
