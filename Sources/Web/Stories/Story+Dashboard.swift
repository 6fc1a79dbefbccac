#if DEBUG
    import Analytics

    extension Story {
        static let dashboard = Story(
            "dashboard",
            [
                State("many") { sample in
                    var address = DashboardAddress(try Sample.siteName())
                    address.period = [("period", "28d")]
                    return DashboardPage(address, .numbers(many(sample)), mayInstall: true)
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
                    return DashboardPage(address, .numbers(one(sample)), mayInstall: false, faults: [fault])
                },
                State("empty") { _ in
                    DashboardPage(DashboardAddress(try Sample.siteName()), .neverHit, mayInstall: true)
                },
                State("viewer") { _ in
                    DashboardPage(DashboardAddress(try Sample.siteName()), .neverHit, mayInstall: false)
                },
                State("none") { _ in
                    DashboardPage(DashboardAddress(try Sample.siteName()), .noHits, mayInstall: false)
                },
                State("unmatched") { sample in
                    var address = DashboardAddress(try Sample.siteName())
                    address.filters = [DashboardFilter("prop.\(sample("plan"))", "!=", [sample("pro")])]
                    return DashboardPage(address, .noHits, mayInstall: false)
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
                DashboardSeries.Part(day, visitors: 1_400 + index * 31 + (index % 7 < 5 ? 420 : 0) + index * 37 % 190)
            }
            return DashboardNumbers(
                tiles: tiles,
                series: DashboardSeries(.day, parts: parts, begun: 28, isOpen: true),
                lists: [
                    list(
                        .top,
                        sample,
                        ["/", "/blog/a-long-name-of-an-article-that-does-not-fit", "/pricing", "/docs/start"]
                    ),
                    list(.channel, sample, ["Organic Search", "Direct", "Referral", "Email"]),
                    list(.country, sample, ["DE", "US", "FR", "(not set)"]),
                    list(.browser, sample, ["Chrome", "Firefox", "Safari", "Edge"]),
                    list(.name, sample, ["pageview", "Signup", "File Download"]),
                ],
                zone: sample("Europe/Berlin"),
                asOf: Sample.now,
                comparedDays: 28,
                remarks: [sample("Visitors are known for a day: who comes on two days counts twice.")]
            )
        }

        private static let tiles = [
            DashboardTile(.visitors, value: .count(48_210), former: .count(43_044), change: .count(12)),
            DashboardTile(.visits, value: .count(61_022), former: .count(55_983), change: .count(9)),
            DashboardTile(.pageviews, value: .count(142_909), former: .count(147_329), change: .count(-3)),
            DashboardTile(.viewsPerVisit, value: .real(2.34), former: .real(2.63), change: .count(-11)),
            DashboardTile(.bounceRate, value: .count(42), former: .count(43), change: .count(-1)),
            DashboardTile(.visitDuration, value: .count(92), former: .count(92), change: .count(0)),
        ]

        /// One hit of one visitor, which has just come.
        private static func one(_ sample: Sample) -> DashboardNumbers {
            let parts = (0..<24).map { hour in
                DashboardSeries.Part("2026-11-25 \(hour < 10 ? "0" : "")\(hour):00:00", visitors: hour == 0 ? 1 : 0)
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
                comparedDays: 1
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
    }
#endif
