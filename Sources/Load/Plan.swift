import FoundationEssentials

/// The options of a run with all defaults resolved.
struct Plan: Sendable {
    let options: LoadOptions
    let target: Target
    /// The sites that receive events; the standard one if no others are named.
    let sites: [Site]
    /// The first second of the range of event times, since 1970.
    let start: Int
    /// The last second of the range, counted from its first.
    let last: Int
    /// The time to send for, counted from the first request; nil for no limit.
    let duration: Duration?
    let instants: Instants
    /// The first second of hits that name their visitor by the address alone, counted from the start of the range.
    let addressesFrom: Int
    /// The prefix of all user names, random in each run, so that no other run has the same users.
    let prefix: String

    init(_ given: LoadOptions) throws(LoadError) {
        var options = given
        let now = Int(Date().timeIntervalSince1970)
        let until = given.until ?? now
        options.until = until
        try options.validate()
        self.options = options
        target = try Target(options.url)
        sites =
            options.sites.isEmpty
            ? [.standard]
            : try options.sites.map { name throws(LoadError) in
                try Site(parsing: name)
            }
        last = options.hours * 3_600
        start = until - last
        addressesFrom = (options.addressesFrom ?? (now / 86_400 - 1) * 86_400) - start
        duration = options.duration ?? (options.events == nil ? .seconds(10) : nil)
        let checks = options.mode == .pages ? 0 : options.checks
        instants = Instants.random(count: checks, start: start, last: last, seed: options.seed)
        prefix = "load-" + String(UInt64.random(in: .min ... .max), radix: 36) + "-"
    }

    /// Every instant of every site.
    var questions: [Question] {
        sites.indices.flatMap { site in
            instants.timestamps.indices.map { Question(site: site, instant: $0) }
        }
    }

    /// The URL of a question.
    func url(of question: Question) -> String {
        target.url(asking: instants.timestamps[question.instant], of: sites[question.site])
    }

    var batch: Int {
        options.batch
    }

    /// The number of events sent if the server keeps up; nil if unknown.
    var expectedEvents: Int? {
        guard let rate = options.rate, let duration else { return options.events }
        let due = Double(rate) * (duration / .seconds(1))
        return min(options.events ?? LoadOptions.eventLimit, max(1, Int(due)))
    }
}
