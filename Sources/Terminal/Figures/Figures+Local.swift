extension Figures {
    /// Notes how busy each processor was between two readings.
    mutating func noteCores(_ now: Metrics, _ before: Metrics) {
        let name = "node_cpu_seconds_total"
        let names = Set(now[name].compactMap { $0.labels["cpu"] })
        let all = names.compactMap { core -> Core? in
            func spent(isIdle: Bool) -> Double {
                func sum(_ metrics: Metrics) -> Double {
                    metrics.sum(name) { labels in
                        labels["cpu"] == core && ["idle", "iowait"].contains(labels["mode"] ?? "") == isIdle
                    } ?? 0
                }
                return max(0, sum(now) - sum(before))
            }
            let (busy, idle) = (spent(isIdle: false), spent(isIdle: true))
            return busy + idle > 0 ? Core(name: core, busy: busy / (busy + idle)) : nil
        }
        cores = all.sorted { ($0.name.count, $0.name) < ($1.name.count, $1.name) }
    }

    /// Notes the figures of this machine.
    ///
    /// - Parameters:
    ///   - now: The reading; nil for a server on another machine.
    ///   - before: The reading before; nil for none.
    ///   - seconds: The time between both.
    mutating func noteLocal(_ now: LocalReading?, _ before: LocalReading?, over seconds: Double) {
        guard let now else { return }
        if let traffic = now.traffic, let earlier = before?.traffic {
            network = Network(
                received: max(0, traffic.received - earlier.received) / seconds,
                sent: max(0, traffic.sent - earlier.sent) / seconds
            )
        }
        let times = Dictionary((before?.processes ?? []).map { ($0.id, $0.time) }, uniquingKeysWith: { $1 })
        processes = now.processes.map { process in
            LocalProcess(
                id: process.id,
                title: process.title,
                cpu: times[process.id].map { max(0, process.time - $0) / seconds },
                memory: process.memory,
                threads: process.threads
            )
        }
    }
}
