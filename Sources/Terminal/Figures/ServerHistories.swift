/// The last values of the figures of a server that have charts.
struct ServerHistories: Sendable {
    var requests = History()
    var stored = History()
    var cpu = History()
    var queue = History()
    /// The 99th percentile, in seconds.
    var commits = History()
    var refused = History()
    /// Bytes a second over the networks of this machine.
    var network = History()

    mutating func note(_ figures: Figures) {
        requests.note(figures.allRequests)
        stored.note(figures.events.map { $0 + (figures.hits ?? 0) })
        cpu.note(figures.cpu)
        queue.note(figures.queue?.used)
        commits.note(figures.commitTimes?.p99)
        refused.note(figures.allRefused)
        network.note(figures.network.map { $0.received + $0.sent })
    }
}
