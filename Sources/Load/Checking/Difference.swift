/// A wrong answer of the server, and the range in which each of its counts must lie.
package struct Difference: Sendable, CustomStringConvertible {
    let timestamp: Int
    let site: Site
    let answered: Counts
    let lowest: Counts
    let highest: Counts
    let isFinal: Bool
    let url: String

    package var description: String {
        """
        wrong answer for T = \(timestamp)\(site.name.map { " of the site \($0)" } ?? ""), asked \(isFinal ? "after the run" : "during the run")
          expected  \(line(\.uniqueUsers)) unique users, \(line(\.clicks)) clicks, \(line(\.impressions)) impressions
          answered  \(answered.uniqueUsers) unique users, \(answered.clicks) clicks, \
        \(answered.impressions) impressions
          ask again with  curl '\(url)'
        """
    }

    private func line(_ count: KeyPath<Counts, Int>) -> String {
        let lowest = lowest[keyPath: count]
        let highest = highest[keyPath: count]
        return lowest == highest ? "\(lowest)" : "\(lowest) to \(highest)"
    }
}
