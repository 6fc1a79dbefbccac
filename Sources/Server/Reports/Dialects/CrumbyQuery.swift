import Analytics
import HTTP

/// A question to which Crumby has an answer built in, as one about hits and visits.
struct CrumbyQuery: Sendable {
    /// A cell of a row; the numbers are places among the dimensions and metrics.
    enum Cell: Sendable {
        case text(Int)
        /// The host and the path of a page.
        case page(host: Int, path: Int)
        case number(Int)
    }

    let dimensions: [Dimension]
    let metrics: [Metric]
    var filters: [Filter] = []
    let columns: [(name: String, cell: Cell)]

    /// The questions that everybody may ask about a public site.
    static let open: [String: CrumbyQuery] = [
        "visits": CrumbyQuery(
            dimensions: [.time(.day)],
            metrics: [.visitors, .pageviews],
            columns: [("date", .text(0)), ("users", .number(0)), ("views", .number(1))]
        ),
        "documents": CrumbyQuery(
            dimensions: [.hit(.hostname), .hit(.page), .hit(.title)],
            metrics: [.pageviews],
            filters: [
                isView, .test(Filter.Test(.equals, .hit(.hostname), ["localhost", "127.0.0.1"], isNegated: true)),
            ],
            columns: [("uri", .page(host: 0, path: 1)), ("doc_title", .text(2)), ("views", .number(0))]
        ),
        "locations": CrumbyQuery(
            dimensions: [.visit(.region), .visit(.country)],
            metrics: [.visitors],
            columns: [("state", .text(0)), ("country", .text(1)), ("users", .number(0))]
        ),
        "platforms": CrumbyQuery(
            dimensions: [.visit(.os)],
            metrics: [.visitors],
            columns: [("platform", .text(0)), ("users", .number(0))]
        ),
    ]

    /// The questions that need a read key.
    ///
    /// There are no addresses, so the users of a place are its visitors. An event counts the visitors who sent it with a
    /// value; Crumby counts the last value of each alone. The views of an origin are the visits that came from it: their
    /// further pages come from the site itself.
    static let closed: [String: CrumbyQuery] = [
        "events": CrumbyQuery(
            dimensions: [.hit(.title), .hit(.name), .property("ev")],
            metrics: [.visitors],
            filters: [.not(isView)],
            columns: [("Title", .text(0)), ("Name", .text(1)), ("Value", .text(2)), ("Count", .number(0))]
        ),
        "locations": CrumbyQuery(
            dimensions: [.visit(.city), .visit(.region), .visit(.country)],
            metrics: [.visitors, .visits, .pageviews],
            columns: [
                ("city", .text(0)), ("state", .text(1)), ("country", .text(2)), ("users", .number(0)),
                ("clients", .number(0)), ("sessions", .number(1)), ("views", .number(2)),
            ]
        ),
        "origins": CrumbyQuery(
            dimensions: [.visit(.referrer)],
            metrics: [.visits],
            columns: [("origin", .text(0)), ("views", .number(0))]
        ),
    ]

    private static let isView = Filter.test(Filter.Test(.equals, .hit(.name), ["pageview"]))

    /// The answer as columns and rows; of days, those without hits have a row too.
    func json(_ report: Report) -> JSON {
        var rows = report.rows
        if let labels = report.labels {
            let known = Dictionary(rows.map { ($0.dimensions, $0) }) { first, _ in first }
            let nothing = metrics.map { _ in Report.Value.count(0) }
            rows = labels.map { known[[$0]] ?? Report.Row(dimensions: [$0], values: nothing) }
        }
        return .object([
            "columns": .array(columns.map { .text($0.name) }),
            "data": .array(rows.map { row in .array(columns.map { json($0.cell, row) }) }),
        ])
    }

    private func json(_ cell: Cell, _ row: Report.Row) -> JSON {
        switch cell {
        case .text(let place): text(place, row).map(JSON.text) ?? .raw("null")
        case .page(let host, let path): .text((text(host, row) ?? "") + (text(path, row) ?? ""))
        case .number(let place): row.values[place].json
        }
    }

    /// The text of a dimension; nil for none.
    private func text(_ place: Int, _ row: Report.Row) -> String? {
        let text = row.dimensions[place]
        return text == dimensions[place].blank ? nil : text
    }
}
