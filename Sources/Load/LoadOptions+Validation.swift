extension LoadOptions {
    /// The most events; multiplied by the seconds of the longest range it still fits into an `Int`.
    static let eventLimit = 1_000_000_000_000
    private static let siteLimit = 1_000
    /// The earliest second; it has nine digits, as event templates require.
    private static let earliest = 100_000_000
    /// The latest second; the server reads larger numbers as milliseconds.
    private static let latest = 99_999_999_999

    /// Throws `LoadError.invalid` with the first invalid option.
    package func validate() throws(LoadError) {
        _ = try Target(url)
        try validateSites()
        try check("rate", rate ?? 1, in: 1...100_000_000)
        try check("connections", connections, in: 1...10_000)
        try check("events", events ?? 1, in: 1...Self.eventLimit)
        try check("users", users, in: 1...10_000_000)
        try check("hours", hours, in: 1...744)
        try check("until", until ?? Self.latest, in: Self.earliest + hours * 3_600...Self.latest)
        try check("bulk-size", bulkSize, in: 1...100_000)
        try check("checks", checks, in: 0...1_000)
        try check("skew", skew, in: 0...10)
        try check("late", late, in: 0...1)
        try check("clicks", clicks, in: 0...1)
        try check("duration", duration ?? .seconds(1), in: .milliseconds(1) ... .seconds(30 * 86_400))
        try check("timeout", timeout, in: .seconds(1) ... .seconds(3_600))
        try validateMemory()
    }

    /// Checks combinations of options that would need too much memory together.
    private func validateMemory() throws(LoadError) {
        if mode == .bulk, connections * bulkSize > 10_000_000 {
            throw .invalid(option: "bulk-size", reason: "times connections must not exceed 10000000")
        }
        if users * checks * max(1, sites.count) > 2_000_000_000 {
            throw .invalid(option: "checks", reason: "times users and sites must not exceed 2000000000")
        }
    }

    private func validateSites() throws(LoadError) {
        if sites.count > Self.siteLimit {
            throw .invalid(option: "site", reason: "must not be given more than \(Self.siteLimit) times")
        }
        if Set(sites).count < sites.count {
            throw .invalid(option: "site", reason: "must name each site once")
        }
        for name in sites { _ = try Site(parsing: name) }
    }

    private func check<Value: Comparable>(
        _ option: String,
        _ value: Value,
        in range: ClosedRange<Value>
    ) throws(LoadError) {
        if range.contains(value) { return }
        throw .invalid(option: option, reason: "must be from \(range.lowerBound) to \(range.upperBound), not \(value)")
    }
}
