extension LoadReport {
    /// The counts of page views, of all sites and of each that the run named.
    var viewed: [(String, String)] {
        guard let counts = pageCounts else { return [] }
        let rejected = statistics.firstRejection.map { "\(statistics.rejected), the first: \($0)" } ?? "0"
        return [
            ("hits rejected", rejected),
            ("hits unsettled", unsettledHits == 0 ? "0" : "\(unsettledHits): the counts below may be too low"),
            ("page views/s", perSecond(counts.pageviews)),
            ("page views", "\(counts.pageviews)"),
            ("visitors", "\(counts.visitors)"),
            ("visits", "\(counts.visits)"),
            ("bounces", "\(counts.bounces)"),
        ] + zip(pages, statistics.acknowledged).compactMap { site, events in site.row(events) }
    }
}

extension SitePageCounts {
    /// The line of a named site.
    fileprivate func row(_ events: Int) -> (String, String)? {
        site.map { name in
            let counts = [
                "\(events) events acknowledged", "\(total.pageviews) page views", "\(total.visitors) visitors",
                "\(total.visits) visits", "\(total.bounces) bounces",
            ]
            return ("site \(name)", counts.joined(separator: ", "))
        }
    }
}
