#if DEBUG
    import Analytics

    extension Story {
        static let dashboard = Story(
            "dashboard",
            [
                State("many") { sample in
                    var address = DashboardAddress(try Sample.siteName())
                    address.period = [("period", "28d")]
                    let segments = [
                        DashboardSegment(id: 1, name: sample("Germans"), isPersonal: false),
                        DashboardSegment(id: 3, name: sample("Campaign of autumn"), isPersonal: true),
                    ]
                    return DashboardPage(
                        address,
                        .numbers(many(sample)),
                        mayInstall: true,
                        segments: segments,
                        maySave: true,
                        refused: RefusedShare(refused: 9_480, counted: 553_242, span: .month),
                        steps: PeriodSteps(address.period, first: "2026-10-28", last: "2026-11-24", isOver: true),
                        zone: sample("Europe/Berlin"),
                        hour: HourTile((0..<25).map { hour(1_000 + $0 * $0 % 300) })
                    )
                },
                State("hour") { sample in
                    var address = DashboardAddress(try Sample.siteName())
                    address.period = [("from", "2026-11-25T14:00"), ("to", "2026-11-25T14:59")]
                    (address.comparison, address.isAligned) = (.off, true)
                    (address.kept, address.unknown) = ([("bots", "true")], [("ref", sample("a"))])
                    address.tabs = [.events: .goal]
                    return DashboardPage(
                        address,
                        .numbers(minutes(sample)),
                        mayInstall: false,
                        steps: PeriodSteps(address.period, first: "2026-11-25", last: "2026-11-25", isOver: false),
                        zone: sample("Europe/Berlin"),
                        hour: HourTile([hour(0)])
                    )
                },
                State("filtered") { sample in
                    var address = DashboardAddress(try Sample.siteName())
                    address.kept = [("tz", sample("Asia/Tokyo")), ("segment", "3")]
                    address.filters = [
                        DashboardFilter("country", "==", ["DE", sample("FR")]),
                        DashboardFilter("page", "=@", [sample("/blog")]),
                    ]
                    address.tabs = [.pages: .entry]
                    let fault = sample("period: not one of 24h, day, yesterday, or such as 7d or 6mo")
                    let segments = [DashboardSegment(id: 3, name: sample("Campaign"), isPersonal: true)]
                    return DashboardPage(
                        address,
                        .numbers(one(sample)),
                        mayInstall: false,
                        faults: [fault],
                        segments: segments,
                        maySave: true
                    )
                },
                State("shared") { sample in
                    let address = DashboardAddress(try Sample.siteName(), share: sample("hgv_text"))
                    return DashboardPage(address, .numbers(one(sample)), mayInstall: false)
                },
                State("card") { sample in
                    let address = DashboardAddress(try Sample.siteName(), share: sample("hgl_text"))
                    return CardPage(address, .series, .numbers(many(sample)), faults: [sample("theme: none")])
                },
                State("card-numbers") { sample in
                    let address = DashboardAddress(try Sample.siteName(), share: sample("hgl_text"))
                    return CardPage(address, .numbers, .numbers(many(sample)))
                },
                State("card-list") { sample in
                    let address = DashboardAddress(try Sample.siteName(), share: sample("hgl_text"))
                    return CardPage(address, .list(.country), .numbers(many(sample)))
                },
                State("card-empty") { sample in
                    let address = DashboardAddress(try Sample.siteName(), share: sample("hgl_text"))
                    return CardPage(address, .week, .noHits(.unknown))
                },
                State("list") { sample in
                    var address = DashboardAddress(try Sample.siteName())
                    address.filters = [DashboardFilter("country", "==", [sample("DE")])]
                    var slice = DashboardListPage.Slice(sort: .visitors)
                    (slice.search, slice.offset) = (sample("blog"), 100)
                    let rows = ["/", "/blog/a-long-name-of-an-article-that-does-not-fit", "/pricing"].map { name in
                        DashboardListPage.Row(sample(name), [.count(8_717), .real(18.1), .count(2_001), .count(64)])
                    }
                    let metrics: [Metric] = [.visitors, .percentage, .pageviews, .timeOnPage]
                    return DashboardListPage(address, .top, metrics: metrics, rows: rows, total: 1_204, slice: slice)
                },
                State("list-empty") { _ in
                    let address = DashboardAddress(try Sample.siteName())
                    let slice = DashboardListPage.Slice(sort: .visitors)
                    return DashboardListPage(address, .goal, metrics: [.visitors], rows: [], total: 0, slice: slice)
                },
                State("why") { sample in
                    var address = DashboardAddress(try Sample.siteName())
                    address.filters = [DashboardFilter("page", "=@", [sample("/blog")])]
                    let facts = ReasonsPage.Facts(
                        value: .count(48_210),
                        exactness: "exact per day",
                        asOf: Sample.now,
                        start: Sample.now.advanced(by: .seconds(-86_400)),
                        end: Sample.now,
                        zone: sample("Europe/Berlin"),
                        leftOut: LeftOutHits(bots: 1_204, refused: 17),
                        late: nil,
                        withoutVisitor: 3
                    )
                    let curl =
                        "curl -H 'Authorization: Bearer KEY' 'https://stats.example.org/api/v1/stats?site=\(sample("a"))'"
                    let sql = ExplainedQuery.sql(
                        "SELECT count(DISTINCT visitor) FROM hit WHERE path = '\(sample("/"))'"
                    )
                    return ReasonsPage(address, DashboardSource(.visitors), facts, curl: curl, sql: sql)
                },
                State("why-rows") { sample in
                    let address = DashboardAddress(try Sample.siteName())
                    let rows = ReasonsPage.Rows(
                        by: .list(.source),
                        shown: [(sample("Google"), .count(31_002)), (sample("newsletter"), .count(4))],
                        total: 12,
                        sum: 52_410
                    )
                    let facts = ReasonsPage.Facts(
                        value: .count(48_210),
                        exactness: "exact",
                        asOf: Sample.now,
                        start: Sample.now.advanced(by: .seconds(-86_400)),
                        end: Sample.now,
                        zone: sample("Europe/Berlin"),
                        leftOut: nil,
                        late: 12,
                        withoutVisitor: 0,
                        rows: rows
                    )
                    let source = DashboardSource(.visitors, by: .list(.source))
                    let sql = ExplainedQuery.none(reason: sample("there is no SQL"))
                    return ReasonsPage(address, source, facts, curl: "curl", sql: sql, faults: [sample("filter: a")])
                },
                State("empty") { _ in
                    DashboardPage(DashboardAddress(try Sample.siteName()), .neverHit, mayInstall: true)
                },
                State("refused-all") { _ in
                    DashboardPage(
                        DashboardAddress(try Sample.siteName()),
                        .neverHit,
                        mayInstall: true,
                        refused: RefusedShare(refused: 1, counted: 0, span: .standard)
                    )
                },
                State("viewer") { _ in
                    DashboardPage(DashboardAddress(try Sample.siteName()), .neverHit, mayInstall: false)
                },
                State("none") { sample in
                    var address = DashboardAddress(try Sample.siteName())
                    address.period = [("period", "day"), ("date", "2026-03-01")]
                    address = address.comparing(from: sample("2025-03-01"), to: sample("2025-03-02"))
                    let steps = PeriodSteps(address.period, first: "2026-03-01", last: "2026-03-01", isOver: true)
                    return DashboardPage(
                        address,
                        .noHits(.period(last: "2026-11-24")),
                        mayInstall: false,
                        steps: steps
                    )
                },
                State("unmatched") { sample in
                    var address = DashboardAddress(try Sample.siteName())
                    let plan = DashboardFilter("prop.\(sample("plan"))", "!=", [sample("pro")])
                    address.filters = [DashboardFilter("country", "==", ["DE", sample("FR")]), plan]
                    return DashboardPage(address, .noHits(.condition(.filter(plan))), mayInstall: false)
                },
                State("unmatched-all") { sample in
                    var address = DashboardAddress(try Sample.siteName())
                    address.filters = [
                        DashboardFilter("country", "==", ["DE", sample("FR")]),
                        DashboardFilter("page", "=@", [sample("/blog")]),
                    ]
                    address.kept = [("segment", "3"), ("segment", sample("4"))]
                    let segments = [DashboardSegment(id: 3, name: sample("Campaign"), isPersonal: true)]
                    return DashboardPage(address, .noHits(.conditions), mayInstall: false, segments: segments)
                },
                State("unmatched-one") { sample in
                    var address = DashboardAddress(try Sample.siteName())
                    address.kept = [("segment", sample("4"))]
                    let segment = DashboardCondition.segment(sample("4"))
                    return DashboardPage(address, .noHits(.condition(segment)), mayInstall: false)
                },
                State("unmatched-unknown") { sample in
                    var address = DashboardAddress(try Sample.siteName(), share: sample("hgv_text"))
                    address.filters = [DashboardFilter("page", "!=", [sample("/")])]
                    return DashboardPage(address, .noHits(.unknown), mayInstall: false)
                },
                State("refused") { sample in
                    let reason = sample("more hits than there is memory for")
                    return DashboardPage(DashboardAddress(try Sample.siteName()), .refused(reason), mayInstall: false)
                },
            ]
        )

        private static func many(_ sample: Sample) -> DashboardNumbers {
            let days = (28...31).map { "2026-10-\($0)" } + (1...24).map { "2026-11-\($0 < 10 ? "0" : "")\($0)" }
            let parts = days.enumerated().map { index, day in
                DashboardSeries.Part(
                    day,
                    value: 1_400 + index * 31 + (index % 7 < 5 ? 420 : 0) + index * 37 % 190,
                    former: 1_250 + index * 27 + (index % 7 < 5 ? 380 : 0) + index * 41 % 170
                )
            }
            return DashboardNumbers(
                tiles: tiles,
                series: DashboardSeries(
                    .day,
                    parts: parts,
                    begun: 28,
                    isOpen: true,
                    notes: [DashboardSeries.Note(date: "2026-11-12", text: sample("Version 2 is out"))],
                    units: [.day, .week]
                ),
                lists: [
                    list(
                        .top,
                        sample,
                        ["/", "/blog/a-long-name-of-an-article-that-does-not-fit", "/pricing", "/docs/start"]
                    ),
                    list(.channel, sample, ["Organic Search", "Direct", "Referral", "Email"]),
                    countries(sample, codes),
                    list(.name, sample, ["pageview", "Signup", "File Download"]),
                    list(.browser, sample, ["Chrome", "Firefox", "Safari", "Edge"]),
                ],
                zone: sample("Europe/Berlin"),
                asOf: Sample.now,
                comparison: sample("the 28 days before"),
                week: WeekGrid((0..<168).map { ($0 % 24) * ($0 % 24 < 20 ? 37 : 11) + $0 / 24 * 13 }),
                remarks: [sample("Visitors are known for a day: who comes on two days counts twice.")]
            )
        }

        private static let tiles = [
            DashboardTile(.visitors, value: .count(48_210), former: .count(43_044), change: .count(12)),
            DashboardTile(.visits, value: .count(61_022), former: .count(55_983), change: .count(9)),
            DashboardTile(.pageviews, value: .count(142_909), former: .count(147_329), change: .count(-3)),
            DashboardTile(.clicks, value: .count(8_211), former: .count(7_895), change: .count(4)),
            DashboardTile(.impressions, value: .count(402_118), former: .count(329_605), change: .count(22)),
            DashboardTile(.viewsPerVisit, value: .real(2.34), former: .real(2.63), change: .count(-11)),
            DashboardTile(.bounceRate, value: .count(42), former: .count(43), change: .count(-1)),
            DashboardTile(.visitDuration, value: .count(92), former: .count(92), change: .count(0)),
        ]

        /// One hit of one visitor, which has just come.
        private static func one(_ sample: Sample) -> DashboardNumbers {
            let parts = (0..<24).map { hour in
                DashboardSeries.Part("2026-11-25 \(hour < 10 ? "0" : "")\(hour):00:00", value: hour == 0 ? 1 : 0)
            }
            return DashboardNumbers(
                tiles: [
                    DashboardTile(.visitors, value: .count(1), former: .count(0), change: .count(100)),
                    DashboardTile(.viewsPerVisit, value: nil),
                    DashboardTile(.visitDuration, value: Report.Value.none, former: Report.Value.none),
                ],
                series: DashboardSeries(.hour, parts: parts, begun: 1, isOpen: true),
                lists: [list(.entry, sample, ["/"]), list(.campaign, sample, [])],
                zone: sample("Asia/Tokyo"),
                asOf: Sample.now,
                comparison: "the day before, as far as this time has come"
            )
        }

        private static func hour(_ users: Int) -> HourReport {
            HourReport(uniqueUsers: users, clicks: 0, impressions: 0)
        }

        /// The minutes of an hour that is not over, and goals with their conversion.
        private static func minutes(_ sample: Sample) -> DashboardNumbers {
            let parts = (0..<60).map { minute in
                DashboardSeries.Part(
                    "2026-11-25 14:\(minute < 10 ? "0" : "")\(minute):00",
                    value: minute < 32 ? minute % 7 : 0
                )
            }
            let rows = [
                DashboardList.Row(sample("Signup"), visitors: 48, share: 12.34),
                DashboardList.Row("Paid", visitors: 3, share: 0.06),
            ]
            return DashboardNumbers(
                tiles: [DashboardTile(.visitors, value: .count(48))],
                series: DashboardSeries(.minute, parts: parts, begun: 33, isOpen: true, units: [.minute, .hour]),
                lists: [
                    DashboardList(.goal, rows: rows, total: 2, overlap: DashboardList.Overlap(sum: 51, visitors: 48))
                ],
                zone: "Europe/Berlin",
                asOf: Sample.now,
                comparison: nil
            )
        }

        private static func list(_ tab: DashboardTab, _ sample: Sample, _ names: [String]) -> DashboardList {
            let rows = names.enumerated().map { index, name in
                DashboardList.Row(
                    sample(name),
                    visitors: 20_331 / (index * index * 3 + 1),
                    share: index == 3 ? 0 : 42.2 / Double(index * index * 3 + 1)
                )
            }
            return DashboardList(tab, rows: rows, total: names.count > 3 ? 1_204 : names.count)
        }

        /// Countries with a map, on which nobody chooses a name.
        private static func countries(_ sample: Sample, _ codes: [String]) -> DashboardList {
            let rows = list(.country, sample, Array(codes.prefix(9)))
            let mapped = codes.enumerated().map { place, code in
                DashboardList.Row(code, visitors: 20_331 / (place * place * 3 + 1), share: 1)
            }
            return DashboardList(.country, rows: rows.rows, total: rows.total, mapped: mapped)
        }

        private static let codes = [
            "DE", "US", "FR", "GB", "CA", "BR", "IN", "CN", "RU", "AU", "JP", "ZA", "SG", "MT", "LI", "CH", "AT", "IT",
            "ES", "NL", "BE", "SE", "PL", "CZ", "MX", "AR", "KR", "GL", "XK", "HK", "MU", "RE", "(not set)",
        ]
    }
#endif
