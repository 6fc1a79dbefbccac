#if DEBUG
    import Analytics

    extension Story {
        static let sql = Story(
            "sql",
            [
                State("list") { sample in
                    SQLPage(try Sample.siteName(), queries: questions(sample), isOpen: true, mayWrite: true)
                },
                State("viewer") { sample in
                    let queries = questions(sample).filter { $0.audience == .public }
                    return SQLPage(try Sample.siteName(), queries: queries, isOpen: true, mayWrite: false)
                },
                State("none") { _ in SQLPage(try Sample.siteName(), queries: [], isOpen: true, mayWrite: false) },
                State("closed") { _ in SQLPage(try Sample.siteName(), queries: [], isOpen: false, mayWrite: true) },
                State("answer") { sample in
                    let view = QueryTableView(sort: "-2", search: "")
                    return try answer(.table(days(90, isTruncated: true, sample)), view: view, sample)
                },
                State("large") { _ in try answer(.table(days(731, isTruncated: false, Sample())), Sample()) },
                State("searched") { sample in
                    try answer(
                        .table(days(9, isTruncated: false, sample)),
                        view: QueryTableView(sort: "", search: "–"),
                        sample
                    )
                },
                State("empty") { sample in try answer(.table(days(0, isTruncated: false, sample)), sample) },
                State("unasked") { sample in
                    let form = sample.refused("from", "to", "least", "path")
                    return try answer(.notAsked, form: form, sample)
                },
                State("wrong") { sample in try answer(.fault(fault(sample)), sample) },
                State("text") { _ in try text(FormState(), .notAsked) },
                State("text-answer") { sample in
                    try text(written(sample), .table(days(3, isTruncated: false, sample)), sort: "1")
                },
                State("text-plan") { sample in
                    let lines = ["Aggregate  (cost=8.17..8.18 rows=1 width=8)", sample("  ->  Seq Scan on hit")]
                    let plan = QueryTable(
                        columns: [QueryTable.Column("QUERY PLAN")],
                        rows: lines.map { [.text($0)] },
                        duration: .milliseconds(3)
                    )
                    return try text(written(sample), .table(plan))
                },
                State("text-wrong") { sample in try text(written(sample), .fault(fault(sample))) },
                State("views") { sample in
                    SQLViewsPage(try Sample.siteName(), columns: ["ts", "path"].map { column(sample($0), sample) })
                },
            ]
        )

        private static func questions(_ sample: Sample) -> [SavedQuery] {
            var wrong = SavedQuery(.private, "wrong", text: "-- Wrong\nSELECT pth FROM hit")
            wrong.fault = fault(sample)
            return [question, SavedQuery(.public, "locations", text: "SELECT country FROM visit"), wrong]
        }

        private static let question = SavedQuery(
            .public,
            "days",
            text: """
                -- Visitors by day
                -- Of people only.
                -- param least integer = 1
                -- param path text
                SELECT date, visitors, note FROM hit WHERE path = :path AND ts >= :from AND ts < :to AND 1 >= :least
                """
        )

        private static func answer(
            _ outcome: SavedQueryPage.Outcome,
            form: FormState? = nil,
            view: QueryTableView = QueryTableView(sort: "", search: ""),
            _ sample: Sample
        ) throws -> SavedQueryPage {
            let asked = FormState(values: [
                "from": "2026-01-01", "to": "2026-12-31", "path": sample("/pricing"), "search": view.search,
            ])
            return SavedQueryPage(try Sample.siteName(), question, form: form ?? asked, view: view, outcome: outcome)
        }

        private static func text(
            _ form: FormState,
            _ outcome: SavedQueryPage.Outcome,
            sort: String = ""
        ) throws -> SQLTextPage {
            let view = QueryTableView(sort: sort, search: "")
            return SQLTextPage(try Sample.siteName(), form: form, view: view, outcome: outcome)
        }

        private static func written(_ sample: Sample) -> FormState {
            FormState(values: ["sql": sample("SELECT pth FROM hit"), "from": "2026-01-01", "to": ""])
        }

        private static func fault(_ sample: Sample) -> SQLFault {
            SQLFault(
                sample("column \"pth\" does not exist"),
                detail: sample("There is none."),
                hint: sample("Perhaps you meant to reference the column \"hit.path\"."),
                position: 8
            )
        }

        private static func days(_ count: Int, isTruncated: Bool, _ sample: Sample) -> QueryTable {
            QueryTable(
                columns: [
                    QueryTable.Column("date", .date), QueryTable.Column(sample("visitors"), .number),
                    QueryTable.Column(sample("note")),
                ],
                rows: (0..<count).map { day in
                    let (month, date) = (day / 28 % 12 + 1, day % 28 + 1)
                    let text = "\(2_000 + day / 336)-\(month < 10 ? "0" : "")\(month)-\(date < 10 ? "0" : "")\(date)"
                    let note: QueryTable.Value = day.isMultiple(of: 5) ? .null : .text("+")
                    return [.text(text), .number("\(day * 37 % 1_000)"), day == 1 ? .text(sample("fine")) : note]
                },
                isTruncated: isTruncated,
                duration: .milliseconds(12)
            )
        }

        private static func column(_ name: String, _ sample: Sample) -> SavedQueries.DocumentedColumn {
            SavedQueries.DocumentedColumn(
                view: "hit",
                viewText: sample("One row: a page view."),
                name: name,
                type: "timestamp with time zone",
                text: sample("The time, to the millisecond.")
            )
        }
    }
#endif
