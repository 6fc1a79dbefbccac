#if DEBUG
    import Analytics

    extension Story {
        static let journeys = [funnel, cohorts, paths]

        private static let funnel = Story(
            "funnel",
            [
                State("many") { sample in
                    let steps = [
                        FunnelStep(.page, sample("/")), FunnelStep(.page, sample("/pricing")),
                        FunnelStep(.event, sample("Signup")), FunnelStep(.goal, sample("Paid")),
                    ]
                    let counts = [48_210, 12_044, 1_871, 3]
                    let report = FunnelReport(
                        steps: counts.enumerated().map { place, count in
                            let times = place == 0 ? nil : StepTimes(median: 92_000 * place, average: 184_000 * place)
                            return FunnelReport.Step(visitors: count, times: times)
                        },
                        coverage: Coverage(countsDatedVisitors: true, hitsWithoutVisitor: 3)
                    )
                    return FunnelPage(
                        try frame(.funnel(steps, .days(7)), sample),
                        .numbers(report, source(sample, report.coverage)),
                        goals: [sample("Paid"), sample("Visit /blog/*")]
                    )
                },
                State("full") { sample in
                    let steps = (1...8).map { FunnelStep(.page, sample("/step-\($0)")) }
                    let report = FunnelReport(
                        steps: steps.indices.map { FunnelReport.Step(visitors: 1_000 >> $0, times: nil) },
                        coverage: Coverage()
                    )
                    return FunnelPage(
                        try frame(.funnel(steps, .days(3)), sample),
                        .numbers(report, source(sample)),
                        goals: [sample("Paid")]
                    )
                },
                State("empty") { sample in FunnelPage(try frame(.funnel([], .visit), sample), .tooFew, goals: []) },
                State("none") { sample in
                    let none = FunnelReport.Step(visitors: 0, times: nil)
                    let report = FunnelReport(steps: [none, none], coverage: Coverage())
                    let steps = [FunnelStep(.page, sample("/a")), FunnelStep(.event, sample("b"))]
                    let shown = try frame(.funnel(steps, .visit), sample, isFiltered: false)
                    return FunnelPage(shown, .numbers(report, source(sample)), goals: [])
                },
                State("faulty") { sample in
                    let steps = [FunnelStep(.page, sample("pricing")), FunnelStep(.goal, sample("Paid"))]
                    let faults = [0: sample("not a path"), 1: sample("the site has no goal of this name")]
                    return FunnelPage(
                        try frame(.funnel(steps, .visit), sample, faults: [sample("within: not a number")]),
                        .faulty(faults),
                        goals: []
                    )
                },
                State("refused") { sample in
                    FunnelPage(try frame(.funnel([], .visit), sample), .refused(sample("too many hits")), goals: [])
                },
            ]
        )

        private static let cohorts = Story(
            "retention-of-visitors",
            [
                State("days") { sample in try cohorts(31, .day, sample) },
                State("weeks") { sample in try cohorts(60, .week, sample) },
                State("months") { sample in try cohorts(12, .month, sample) },
                State("one") { sample in try cohorts(1, .weekFromSunday, sample) },
                State("empty") { sample in
                    let report = RetentionReport(cohorts: [], coverage: Coverage())
                    return CohortPage(try frame(.retention(.day), sample), by: .day, .numbers(report, source(sample)))
                },
                State("refused") { sample in
                    let reason = sample("more than 60 cohorts")
                    return CohortPage(try frame(.retention(.day), sample), by: .day, .refused(reason))
                },
            ]
        )

        private static let paths = Story(
            "paths",
            [
                State("many") { sample in
                    PathPage(
                        try frame(.paths(sample("/pricing")), sample),
                        .numbers(pathReport(sample), source(sample))
                    )
                },
                State("choice") { sample in
                    PathPage(try frame(.paths(nil), sample), .choice(rows(sample, ["/", "/pricing", "/blog"])))
                },
                State("nothing") { sample in PathPage(try frame(.paths(nil), sample), .choice([])) },
                State("empty") { sample in
                    let none = PathReport.Side(edge: PathReport.Count(), pages: [], total: 0)
                    let report = PathReport(
                        views: PathReport.Count(),
                        previous: none,
                        next: none,
                        coverage: Coverage()
                    )
                    return PathPage(try frame(.paths(sample("/none")), sample), .numbers(report, source(sample)))
                },
                State("refused") { sample in
                    PathPage(
                        try frame(.paths(sample("/a")), sample),
                        .refused(sample("more hits than there is memory"))
                    )
                },
            ]
        )

        /// The frame of a page with filters, or without.
        static func frame(
            _ view: DashboardView,
            _ sample: Sample,
            isFiltered: Bool = true,
            faults: [String] = []
        ) throws -> ViewFrame {
            var address = DashboardAddress(try Sample.siteName())
            address.view = view
            guard isFiltered else { return ViewFrame(address, faults: faults) }
            address.period = [("period", "28d")]
            address.kept = [("tz", sample("Asia/Tokyo")), ("segment", "3")]
            address.filters = [DashboardFilter("country", "==", ["DE", sample("FR")])]
            let segments = [DashboardSegment(id: 3, name: sample("Campaign"), isPersonal: true)]
            return ViewFrame(address, segments: segments, faults: faults)
        }

        static func rows(_ sample: Sample, _ names: [String]) -> [DashboardList.Row] {
            names.enumerated().map { index, name in
                DashboardList.Row(sample(name), visitors: 20_331 / (index * index * 3 + 1), share: 42.2)
            }
        }

        static func pathReport(_ sample: Sample) -> PathReport {
            let pages = ["/", "/blog/a-long-name-of-an-article-that-does-not-fit", "/docs/start"].map { name in
                PathReport.Page(text: sample(name), count: PathReport.Count(visits: 871, pageviews: 1_044))
            }
            let edge = PathReport.Count(visits: 2_104, pageviews: 2_201)
            let side = PathReport.Side(edge: edge, pages: pages, total: 1_204)
            return PathReport(
                views: PathReport.Count(visits: 6_117, pageviews: 8_211),
                previous: side,
                next: PathReport.Side(edge: edge, pages: [], total: 0),
                coverage: Coverage()
            )
        }

        private static func source(_ sample: Sample, _ coverage: Coverage = Coverage()) -> AnswerSource {
            AnswerSource(zone: sample("Europe/Berlin"), asOf: Sample.now, coverage: coverage)
        }

        private static func cohorts(_ count: Int, _ unit: TimeUnit, _ sample: Sample) throws -> CohortPage {
            let cohorts = (0..<count).map { number in
                let visitors = number % 7 == 6 ? 0 : 1_200 + number * 37
                let label = "20\(10 + number / 12)-\(number % 12 < 9 ? "0" : "")\(number % 12 + 1)-01"
                let returned = (1..<max(1, count - number)).map { visitors / ($0 * $0 + 1) }
                return RetentionReport.Cohort(label: label, visitors: visitors, returned: returned)
            }
            let report = RetentionReport(cohorts: cohorts, coverage: Coverage())
            return CohortPage(try frame(.retention(unit), sample), by: unit, .numbers(report, source(sample)))
        }
    }
#endif
