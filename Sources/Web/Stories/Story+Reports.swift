#if DEBUG
    import Analytics

    extension Story {
        static let reports = Story(
            "report",
            [
                State("page") { sample in
                    let tiles = [
                        DashboardTile(.visitors, value: .count(5_210), former: .count(4_044), change: .count(29)),
                        DashboardTile(.visits, value: .count(6_117)),
                        DashboardTile(.pageviews, value: .count(8_211)),
                        DashboardTile(.bounceRate, value: .count(42)),
                        DashboardTile(.timeOnPage, value: .count(92)),
                        DashboardTile(.scrollDepth, value: .count(64)),
                    ]
                    return ReportPage(
                        try frame(.page(sample("/pricing")), sample),
                        .page,
                        .numbers(numbers(tiles, [.source, .country], sample), .paths(pathReport(sample)))
                    )
                },
                State("page-alone") { sample in
                    let shown = try frame(.page(sample("/pricing")), sample, isFiltered: false)
                    return ReportPage(shown, .page, .numbers(numbers([], [], sample), .paths(nil)))
                },
                State("event") { sample in
                    let tiles = [
                        DashboardTile(.visitors, value: .count(310)), DashboardTile(.events, value: .count(422)),
                        DashboardTile(.visits, value: .count(398)), DashboardTile(.visitDuration, value: .count(92)),
                    ]
                    let properties = [
                        PropertyList(sample("plan"), events: 402, rows: rows(sample, ["pro", "basic"]), total: 2),
                        PropertyList(sample("coupon"), events: 17, rows: rows(sample, ["WINTER"]), total: 120),
                    ]
                    return ReportPage(
                        try frame(.event(sample("Signup")), sample),
                        .event,
                        .numbers(numbers(tiles, [.top, .source], sample), .properties(properties))
                    )
                },
                State("event-alone") { sample in
                    let shown = try frame(.event(sample("Signup")), sample, faults: [sample("period: not one")])
                    return ReportPage(shown, .event, .numbers(numbers([], [], sample), .properties([])))
                },
                State("public") { sample in
                    let shown = try frame(.event(sample("Signup")), sample)
                    return ReportPage(shown, .event, .numbers(numbers([], [], sample), .properties(nil)))
                },
                State("choice") { sample in
                    let names = rows(sample, ["pageview", "Signup"])
                    return ReportPage(try frame(.event(nil), sample), .event, .choice(names))
                },
                State("empty") { sample in
                    ReportPage(try frame(.page(sample("/none")), sample, isFiltered: false), .page, .noHits)
                },
                State("unmatched") { sample in ReportPage(try frame(.page(sample("/none")), sample), .page, .noHits) },
                State("refused") { sample in
                    ReportPage(try frame(.page(sample("/a")), sample), .page, .refused(sample("too many hits")))
                },
            ]
        )

        private static func numbers(
            _ tiles: [DashboardTile],
            _ tabs: [DashboardTab],
            _ sample: Sample
        ) -> DashboardNumbers {
            let parts = (10...24).map { DashboardSeries.Part("2026-11-\($0)", value: 100 + $0 * 37 % 90) }
            return DashboardNumbers(
                tiles: tiles,
                series: DashboardSeries(.day, parts: parts, begun: 15, isOpen: true),
                lists: tabs.map { DashboardList($0, rows: rows(sample, ["Google", "x"]), total: 2) },
                zone: sample("Europe/Berlin"),
                asOf: Sample.now,
                comparison: nil,
                remarks: [sample("Some hits have no visitor, and count for no visit.")]
            )
        }
    }
#endif
