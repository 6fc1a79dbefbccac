/// The audit log of the server, newest first.
package struct AuditPage: Page {
    let rows: [AuditRow]
    /// What the link to older entries gives as `before`; nil at the end.
    let older: String?
    /// True if this is not the first page.
    let isLater: Bool

    /// - Parameters:
    ///   - rows: The entries.
    ///   - older: What the link to older entries gives as `before`; nil at the end.
    ///   - isLater: True if this is not the first page.
    package init(rows: [AuditRow], older: String?, isLater: Bool) {
        self.rows = rows
        self.older = older
        self.isLater = isLater
    }

    package var title: String { "Audit log" }
    package var place: Place { .general }

    package func content(_ links: Links) -> HTML {
        let file = LinkButton("CSV", links.auditFile, .secondary)
        return """
            \(PageHead("Audit log", text: "What was changed, by whom and from where.", actions: file.html))
            <section class="card">\(rows.isEmpty ? empty.html : table.html)\(pager(links))</section>
            """
    }

    private var empty: EmptyState {
        EmptyState("Nothing here", "Logins and changes of accounts, sites, keys and members are written down here.")
    }

    private var table: Table {
        Table(
            "Audit log",
            columns: [
                Table.Column("Time"), Table.Column("Account"), Table.Column("Action"), Table.Column("Subject"),
                Table.Column("Address"),
            ],
            rows: rows.map { row in
                [
                    Moment(row.time).html, row.account.map { .name($0) } ?? "<span class=\"hint\">command</span>",
                    "<code>\(row.action)</code>", .name(row.subject),
                    row.address.map { "<code>\($0)</code>" } ?? "–",
                ]
            }
        )
    }

    private func pager(_ links: Links) -> HTML? {
        guard isLater || older != nil else { return nil }
        let newest: HTML? = isLater ? LinkButton("Newest", links.audit, .secondary).html : nil
        let next: HTML? = older.map { LinkButton("Older", links.audit.with("before", $0), .secondary).html }
        return "<nav class=\"foot\" aria-label=\"Pages of the log\">\(newest)\(next)</nav>"
    }
}
