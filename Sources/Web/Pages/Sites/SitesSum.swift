/// The sums over the sites of a list whose numbers are known; visitors have none, as they may be the same people.
struct SitesSum {
    private(set) var pageviews = 0
    private var refused = 0
    private var counted = 0
    /// The sites whose page views are among them.
    private(set) var sites = 0

    init(_ rows: [SiteRow]) {
        for row in rows {
            if let numbers = row.numbers {
                pageviews = Self.sum(pageviews, numbers.pageviews)
                sites += 1
            }
            if let refused = row.refused, let counted = row.counted {
                self.refused = Self.sum(self.refused, refused)
                self.counted = Self.sum(self.counted, counted)
            }
        }
    }

    /// The refused hits among all, in per cent; nil without any hit.
    var refusedShare: Double? { SiteRow.share(of: refused, beside: counted) }

    private static func sum(_ first: Int, _ second: Int) -> Int {
        let (sum, isTooLarge) = first.addingReportingOverflow(second)
        return isTooLarge ? .max : sum
    }
}
