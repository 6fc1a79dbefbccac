import FoundationEssentials

/// The options of a run with everything settled that they leave open.
struct Plan: Sendable {
    let options: LoadOptions
    let target: Target
    /// The first second of the range that events are dated in.
    let start: Int
    /// The last second of it, counted from its first.
    let last: Int
    /// When to stop sending, counted from the first request.
    let duration: Duration?
    let instants: Instants
    /// What every user's name begins with, another one in each run, so that nobody else sends the same users.
    let prefix: String

    init(_ given: LoadOptions) throws(LoadError) {
        var options = given
        let until = given.until ?? Int(Date().timeIntervalSince1970)
        options.until = until
        try options.validate()
        self.options = options
        target = try Target(options.url)
        last = options.hours * 3_600
        start = until - last
        duration = options.duration ?? (options.events == nil ? .seconds(10) : nil)
        instants = Instants.random(count: options.checks, start: start, last: last, seed: options.seed)
        prefix = "load-" + String(UInt64.random(in: .min ... .max), radix: 36) + "-"
    }

    var batch: Int {
        options.mode == .single ? 1 : options.bulkSize
    }

    /// How many events are sent if the server keeps up, where that is known.
    var expectedEvents: Int? {
        guard let rate = options.rate, let duration else { return options.events }
        let due = Double(rate) * (duration / .seconds(1))
        return min(options.events ?? LoadOptions.eventLimit, max(1, Int(due)))
    }
}
