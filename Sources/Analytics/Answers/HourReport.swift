/// The answer to the one question: what happened in the hour that ends at a moment, both ends included.
package struct HourReport: Hashable, Sendable {
    /// Distinct users over both kinds of events.
    package let uniqueUsers: Int
    package let clicks: Int
    package let impressions: Int

    package init(uniqueUsers: Int, clicks: Int, impressions: Int) {
        self.uniqueUsers = uniqueUsers
        self.clicks = clicks
        self.impressions = impressions
    }

    /// How long before its end the window begins.
    package static let length: Duration = .seconds(3600)
}
