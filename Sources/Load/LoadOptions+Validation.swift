extension LoadOptions {
    /// The most events; multiplied by the seconds of the longest range it still fits into an `Int`.
    static let eventLimit = 1_000_000_000_000
    private static let siteLimit = 1_000
    /// The most hits in a request; they take up to 900 bytes each, and a body 16 MiB.
    private static let hitLimit = 10_000
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
        try check("bulk-size", bulkSize ?? 1, in: 1...(mode == .pages ? Self.hitLimit : 100_000))
        try check("checks", checks, in: 0...1_000)
        try check("skew", skew, in: 0...10)
        try check("late", late, in: 0...1)
        try check("clicks", clicks, in: 0...1)
        try check("repeats", repeats, in: 0...1)
        try check("duration", duration ?? .seconds(1), in: .milliseconds(1) ... .seconds(30 * 86_400))
        try check("timeout", timeout, in: .seconds(1) ... .seconds(3_600))
        try validateKeys()
        try validateMemory()
    }

    /// Checks that visits of pages come with a key for each site.
    private func validateKeys() throws(LoadError) {
        guard mode == .pages else {
            if keys.isEmpty { return }
            throw .invalid(option: "key", reason: "is for --mode pages")
        }
        let count = max(1, sites.count)
        if keys.count != count {
            throw .invalid(
                option: "key",
                reason: "must be given \(count == 1 ? "once" : "for each --site, in their order") with --mode pages: "
                    + "a server key may send addresses and old times"
            )
        }
        if !keys.allSatisfy(Self.isServerKey) {
            throw .invalid(option: "key", reason: "must be a server key: hgs_ and 43 letters, digits, - and _")
        }
    }

    private static func isServerKey(_ key: String) -> Bool {
        key.utf8.count == 47 && key.hasPrefix("hgs_")
            && key.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "a")...UInt8(ascii: "z"),
                    UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                    true
                default: false
                }
            }
    }

    /// Checks combinations of options that would need too much memory together.
    private func validateMemory() throws(LoadError) {
        let limit = mode == .pages ? 1_000_000 : 10_000_000
        if connections * batch > limit {
            throw .invalid(option: "bulk-size", reason: "times connections must not exceed \(limit)")
        }
        if mode != .pages, users * checks * max(1, sites.count) > 2_000_000_000 {
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
