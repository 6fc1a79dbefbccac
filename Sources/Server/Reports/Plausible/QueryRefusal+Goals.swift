// The refusals of goals that a site does not have, in Plausible's words.
extension QueryRefusal {
    private static let advice = """
        is not configured for this site. Find out how to configure goals here: \
        https://plausible.io/docs/stats-api#filtering-by-goals
        """

    /// A filter of the Stats API v2 names a goal that the site does not have.
    static func unknownGoal(_ name: String) -> QueryRefusal {
        QueryRefusal("filters", "Invalid filters. The goal `\(name)` \(advice)")
    }

    /// A filter of the Stats API v1 names a goal that the site does not have.
    static func unknownStatsGoal(_ name: String) -> QueryRefusal {
        guard name.hasPrefix("Visit /") else { return QueryRefusal("filters", "The goal `\(name)` \(advice)") }
        let path = name.dropFirst("Visit ".count)
        return QueryRefusal("filters", "The pageview goal for the pathname `\(path)` \(advice)")
    }
}
