#if DEBUG
    import Analytics

    extension Story {
        static let realtime = Story(
            "realtime",
            [
                State("many") { sample in try page(minutes: { $0 * 7 % 40 + 12 }, hits: hits(sample)) },
                State("one") { sample in try page(minutes: { $0 == 29 ? 1 : 0 }, hits: Array(hits(sample).prefix(1))) },
                State("empty") { _ in try page(minutes: { _ in 0 }, hits: []) },
                State("viewer") { _ in try page(minutes: { $0 }, hits: nil) },
                State("behind") { sample in try page(minutes: { $0 }, hits: hits(sample), isBehind: true) },
            ]
        )

        private static func page(
            minutes count: (Int) -> Int,
            hits: [LiveHit]?,
            isBehind: Bool = false
        ) throws -> RealtimePage {
            let minutes = (0..<30).map { place in
                RecentCounts.Minute(
                    start: Sample.now.rounded(to: 60_000).advanced(by: .seconds((place - 29) * 60)),
                    visitors: count(place),
                    pageviews: count(place) * 3
                )
            }
            let counts = RecentCounts(moment: Sample.now, now: count(29), halfHour: count(29) * 9, minutes: minutes)
            let hour = HourReport(uniqueUsers: 1_204 * count(29), clicks: 310 * count(29), impressions: count(29))
            return RealtimePage(
                try Sample.siteName(),
                LiveFigures(counts, hour: hour, hits: hits, isBehind: isBehind)
            )
        }

        private static func hits(_ sample: Sample) -> [LiveHit] {
            let pages = ["/", "/blog/a-long-name-of-an-article-that-does-not-fit", "/pricing"]
            return (0..<9).map { place in
                LiveHit(
                    time: Sample.now.advanced(by: .seconds(-place * 4)),
                    name: sample(place.isMultiple(of: 4) ? "Signup" : "pageview"),
                    page: sample(pages[place % 3]),
                    source: sample(place.isMultiple(of: 2) ? "Google" : ""),
                    country: sample("DE"),
                    browser: sample("Firefox")
                )
            }
        }
    }
#endif
