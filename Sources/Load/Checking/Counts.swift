/// The server's three counts for the hour that ends at an instant.
package struct Counts: Equatable, Sendable {
    package var uniqueUsers: Int
    package var clicks: Int
    package var impressions: Int

    package init(uniqueUsers: Int = 0, clicks: Int = 0, impressions: Int = 0) {
        self.uniqueUsers = uniqueUsers
        self.clicks = clicks
        self.impressions = impressions
    }

    static func + (left: Counts, right: Counts) -> Counts {
        Counts(
            uniqueUsers: left.uniqueUsers + right.uniqueUsers,
            clicks: left.clicks + right.clicks,
            impressions: left.impressions + right.impressions
        )
    }

    func isBetween(_ lowest: Counts, and highest: Counts) -> Bool {
        lowest.uniqueUsers <= uniqueUsers && uniqueUsers <= highest.uniqueUsers
            && lowest.clicks <= clicks && clicks <= highest.clicks
            && lowest.impressions <= impressions && impressions <= highest.impressions
    }
}

extension Counts {
    /// The exclusive limit of a valid count, so that sums of counts cannot overflow.
    private static let limit = 1 << 60

    /// Reads the lines `unique_users,2`, `clicks,1` and `impressions,1`, in any order.
    init?(parsing text: String) {
        var values: [Substring: Int] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let fields = line.split(separator: ",", omittingEmptySubsequences: false)
            guard fields.count == 2, fields[1].utf8.allSatisfy({ 48...57 ~= $0 }), let value = Int(fields[1]),
                value < Self.limit, values.updateValue(value, forKey: fields[0]) == nil
            else { return nil }
        }
        guard let users = values["unique_users"], let clicks = values["clicks"], let impressions = values["impressions"]
        else { return nil }
        self.init(uniqueUsers: users, clicks: clicks, impressions: impressions)
    }
}
