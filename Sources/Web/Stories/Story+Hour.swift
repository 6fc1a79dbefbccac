#if DEBUG
    import Analytics

    extension Story {
        static let hour = Story(
            "hour",
            [
                State("many") { sample in try page(sample, points: 1_000) },
                State("seconds") { sample in
                    try page(sample, points: 3_600) { address in
                        address.unit = .second
                        address.count = .clicks
                        address.zone = sample("Asia/Tokyo")
                    }
                },
                State("one") { sample in try page(sample, points: 1) },
                State("empty") { sample in try page(sample, points: 0) },
                State("faults") { sample in
                    try page(sample, points: 300, faults: [sample("at: not digits")])
                },
                State("refused") { sample in
                    HourPage(HourAddress(try Sample.siteName()), .refused(sample("not a time zone")))
                },
            ]
        )

        private static func page(
            _ sample: Sample,
            points: Int,
            faults: [String] = [],
            _ change: (inout HourAddress) -> Void = { _ in }
        ) throws -> HourPage {
            var address = HourAddress(try Sample.siteName())
            address.at = Sample.now
            change(&address)
            let step = address.unit == .minute ? 60 : 1
            let start = address.unit == .minute ? 1_795_561_200 : 1_795_615_200
            let curve = (0..<points).map { place in
                HourCurve.Point(
                    at: Timestamp(seconds: start + place * step),
                    label: label(seconds: place * step),
                    report: counts(place)
                )
            }
            let window = HourWindow(
                endingAt: Sample.now,
                counts(points),
                clock: ("14:32:07", "15:32:07"),
                on: "2026-11-25"
            )
            let (day, end) = (Timestamp(seconds: 1_795_561_200), Timestamp(seconds: 1_795_647_600))
            return HourPage(
                address,
                .numbers(
                    HourNumbers(
                        window,
                        curve: HourCurve(curve, of: address.unit == .minute ? 1_440 : 3_600, by: address.unit),
                        day: Period(from: day, to: end) ?? Period.last(minutes: 1, before: day),
                        zone: sample("Europe/Berlin"),
                        now: Sample.now,
                        lines: "unique_users,1204\nclicks,310\nimpressions,5218\n",
                        command: "curl '\(sample("https://stats.example.com"))/analytics?timestamp=1795617127'"
                    )
                ),
                faults: faults
            )
        }

        private static func counts(_ place: Int) -> HourReport {
            let users = 400 + abs((place * 7) % 1_400 - 700) + place * 37 % 19
            return HourReport(uniqueUsers: users, clicks: place % 50, impressions: users * 4 + 3)
        }

        private static func label(seconds: Int) -> String {
            let parts = [seconds / 3_600, seconds / 60 % 60, seconds % 60].map { $0 < 10 ? "0\($0)" : "\($0)" }
            return "2026-11-25 \(parts.joined(separator: ":"))"
        }
    }
#endif
