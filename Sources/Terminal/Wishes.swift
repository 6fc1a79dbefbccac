import Synchronization

/// The orders that the keys have given last.
final class Wishes: Sendable {
    private let state: Mutex<Orders>

    init(_ interval: Duration) { state = Mutex(Orders(interval: interval)) }

    var orders: Orders { state.withLock { $0 } }

    func note(_ dashboard: Dashboard) {
        let orders = Orders(
            interval: dashboard.interval,
            site: dashboard.chosen,
            question: dashboard.question,
            span: dashboard.span,
            page: dashboard.page
        )
        state.withLock { $0 = orders }
    }
}
