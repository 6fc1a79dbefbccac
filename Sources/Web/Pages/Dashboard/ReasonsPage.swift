package import Analytics

/// The page about how a number of a dashboard came about, and how to ask for it oneself.
package struct ReasonsPage: Page {
    /// The number with its origin.
    package struct Facts: Sendable {
        let value: Report.Value?
        /// Its exactness in words, such as `exact`.
        let exactness: String
        /// The moment up to which hits are counted.
        let asOf: Timestamp
        let start: Timestamp
        /// The first moment that is not part of the period.
        let end: Timestamp
        /// The time zone of the dates (IANA).
        let zone: String
        /// The hits that are not in it.
        let leftOut: LeftOutHits?
        /// The hits of the period that were stored more than a minute late and after its end; nil if not known.
        let late: Int?
        /// The hits without a visitor, which count for no visit.
        let withoutVisitor: Int
        /// The rows of the panel; nil for one number.
        let rows: Rows?

        package init(
            value: Report.Value?,
            exactness: String,
            asOf: Timestamp,
            start: Timestamp,
            end: Timestamp,
            zone: String,
            leftOut: LeftOutHits?,
            late: Int?,
            withoutVisitor: Int,
            rows: Rows? = nil
        ) {
            self.value = value
            self.exactness = exactness
            self.asOf = asOf
            self.start = start
            self.end = end
            self.zone = zone
            self.leftOut = leftOut
            self.late = late
            self.withoutVisitor = withoutVisitor
            self.rows = rows
        }
    }

    let address: DashboardAddress
    let source: DashboardSource
    let facts: Facts
    /// The command that asks the API for the number or the rows.
    let curl: String
    /// The SQL over the documented views that gives them, or the reason that there is none.
    let sql: ExplainedQuery
    /// The SQL as the page of SQL takes it; nil for none, and for readers who write none.
    let openedSQL: String?
    let faults: [String]

    private var metric: Metric { source.metric }

    /// - Parameters:
    ///   - address: The state of the dashboard.
    ///   - source: The number, and the field of the rows.
    ///   - facts: What is known about it.
    ///   - curl: The command that asks the API for it.
    ///   - sql: The SQL over the documented views that gives it, or the reason that there is none.
    ///   - openedSQL: The SQL as the page of SQL takes it; nil for none, and for readers who write none.
    ///   - faults: The reasons why parts of the address do not count.
    package init(
        _ address: DashboardAddress,
        _ source: DashboardSource,
        _ facts: Facts,
        curl: String,
        sql: ExplainedQuery,
        openedSQL: String? = nil,
        faults: [String] = []
    ) {
        self.address = address
        self.source = source
        self.faults = faults
        self.facts = facts
        self.curl = curl
        self.sql = sql
        self.openedSQL = openedSQL
    }

    package var title: String { "Why this number: \(source.title)" }
    package var notices: [Notice] { Notice.faults(faults) }
    package var place: Place { .site(address.site, .dashboard) }

    package func content(_ links: Links) -> HTML {
        let back: HTML = "<a href=\"\(address.link(links))\">Back to the dashboard</a>"
        let number = facts.value.map { MetricText.text($0, of: metric) } ?? "–"
        return """
            <div class="column">\(PageHead("\(MetricText.title(metric)): \(number)", text: "\(scope)\(back)"))
            \(Card(title: "What it counts", content: "<div class=\"body\"><p>\(definition)</p></div>"))
            \(table)
            \(Card(title: "How sure it is", content: "<div class=\"body\">\(sureness)</div>"))
            \(Card(title: "What is not in it", content: "<div class=\"body\">\(absent)</div>"))
            \(Card(title: "Ask yourself", content: "<div class=\"body\">\(questions(links))</div>"))
            </div>
            """
    }

    private var scope: HTML? { source.by.map { "In all, of the rows by \($0.column.lowercased()). " } }

    private var definition: String {
        switch metric {
        case .visitors: "Distinct visitors with a hit in this time: page views, events, clicks and impressions."
        case .visits: "Visits that start in this time. A visit ends after half an hour without a hit."
        case .pageviews: "Hits that are page views."
        case .events: "Hits of any name but engagement and impressions."
        case .clicks: "Hits that are clicks."
        case .impressions: "Hits that are impressions: something was seen."
        case .viewsPerVisit: "Page views divided by visits, of the visits that start in this time."
        case .bounceRate: "The share of visits with one page view and nothing else that is interactive."
        case .visitDuration:
            "The mean time from the first to the last hit of a visit, of the visits that start in this time."
        default: "The number that the API calls \(metric.rawValue)."
        }
    }

    private var sureness: HTML {
        let exactness =
            facts.exactness == "exact"
            ? "Exact: every hit is counted, nothing is sampled or estimated."
            : "Exact per day: visitors are known for a day, so that who comes on two days counts twice."
        return """
            <dl class="pairs"><div><dt>Counted</dt><dd>\(exactness)</dd></div>\
            <div><dt>As of</dt><dd>\(Moment(facts.asOf))</dd></div>\
            <div><dt>From</dt><dd>\(Moment(facts.start))</dd></div>\
            <div><dt>Up to</dt><dd>\(Moment(facts.end))\(unfinished)</dd></div>\
            <div><dt>Dates of</dt><dd>\(facts.zone)</dd></div></dl>
            """
    }

    private var unfinished: HTML? {
        facts.asOf < facts.end ? " <span class=\"hint\">which is still to come</span>" : nil
    }

    private var absent: HTML {
        let leftOut = facts.leftOut
        let rows: [(name: String, count: Int?)] = [
            ("Hits of machines, in all", leftOut?.bots), ("Hits that were refused, in all", leftOut?.refused),
            ("Hits without a visitor", facts.withoutVisitor),
            ("Stored more than a minute late, but counted", facts.late),
        ]
        let items: [HTML] = rows.map { name, count in
            "<div><dt>\(name)</dt><dd>\(count.map { Figure($0).html } ?? "not known")</dd></div>"
        }
        let filters: HTML? =
            address.isFiltered
            ? "<p class=\"hint\">Besides all hits that do not meet the filters of the page.</p>" : nil
        return "<dl class=\"pairs\">\(items)</dl>\(filters)"
    }

    private func questions(_ links: Links) -> HTML {
        let statement: HTML =
            switch sql {
            case .sql(let text): "\(CopyBox(id: "sql", label: "the SQL", text: text))\(opened(links))"
            case .none(let reason): "<p class=\"hint\">\(reason)</p>"
            }
        return """
            <section class="part"><h3>The API</h3>\(CopyBox(id: "curl", label: "the command", text: curl))
            <p class="hint">KEY is a read key of the site. <a href="\(address.answer(source, links))">\
            The answer</a></p></section>
            <section class="part"><h3>SQL</h3>\(statement)</section>
            """
    }

    /// The way to the page of SQL, with the statement in the address, or in a form if it is too long for one.
    private func opened(_ links: Links) -> HTML? {
        guard let openedSQL else { return nil }
        let label = "Open on the SQL page"
        if let link = SQLTextPage.link(links, address.site, openedSQL) {
            return LinkButton(label, link, .secondary).html
        }
        let button = Button(label, .secondary, value: ("action", "show"))
        return ButtonForm(target: links.sqlText(address.site), values: ["sql": openedSQL], button: button).html
    }
}
