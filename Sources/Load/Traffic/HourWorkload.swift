import NIOCore

/// Clicks and impressions, counted for the checks of hours.
final class HourWorkload: Workload {
    /// The site and the events of a request; no events between requests.
    private struct Request {
        var site = 0
        var events: [Event] = []
    }

    /// The ledger of each site.
    private var ledgers: [Ledger]
    /// The encoder of each site.
    private let encoders: [RequestEncoder]
    private var source: EventSource
    private let mode: LoadOptions.Mode
    /// The open request of each sender.
    private var requests: [Request]

    init(_ plan: Plan) {
        ledgers = plan.sites.map { _ in Ledger(instants: plan.instants, users: plan.options.users) }
        encoders = plan.sites.map { RequestEncoder(plan, $0) }
        source = EventSource(plan.options, total: plan.expectedEvents)
        mode = plan.options.mode
        requests = Array(repeating: Request(), count: plan.options.connections)
    }

    func write(_ count: Int, by sender: Int, into buffer: inout ByteBuffer) -> Int {
        let site = source.nextSite()
        requests[sender].site = site
        source.take(count, into: &requests[sender].events)
        encoders[site].write(requests[sender].events, into: &buffer)
        return site
    }

    func settle(_ sender: Int, _ reply: Reply) -> Verdict {
        let verdict = Verdict(reply, mode: mode, events: requests[sender].events.count)
        switch verdict {
        case .stored: ledgers[requests[sender].site].acknowledge(requests[sender].events)
        case .unclear: ledgers[requests[sender].site].doubt(requests[sender].events)
        case .refused, .partlyStored, .rejected: break
        }
        close(sender)
        return verdict
    }

    func lose(_ sender: Int) {
        ledgers[requests[sender].site].doubt(requests[sender].events)
        close(sender)
    }

    /// The lowest counts that the server may report from now on.
    func lowest(_ question: Question) -> Counts {
        ledgers[question.site].lowest(at: question.instant)
    }

    /// The highest counts that the server can have reported until now.
    func highest(_ question: Question) -> Counts {
        let underWay = requests.lazy.filter { $0.site == question.site }.map(\.events)
        return ledgers[question.site].highest(at: question.instant, underWay: underWay)
    }

    private func close(_ sender: Int) {
        requests[sender].events.removeAll(keepingCapacity: true)
    }
}
