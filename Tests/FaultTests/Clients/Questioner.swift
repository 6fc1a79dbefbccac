import NIOHTTP1
import Support
import Synchronization

/// Clients that query the counts of live and closed hours of all sites until they are told to stop.
final class Questioner: Sendable {
    /// The number of answers so far.
    struct Figures {
        var answered = 0
        /// Answers with the status 503.
        var refused = 0
    }

    private let ledger: Ledger
    private let port: Int
    private let counts = Mutex(Figures())

    init(_ ledger: Ledger, port: Int) {
        self.ledger = ledger
        self.port = port
    }

    var figures: Figures { counts.withLock(\.self) }

    /// Sends queries over one connection.
    func run(until stop: StopSign) async throws {
        try await HTTPConversation.with(port: port) { conversation in
            var moment = ledger.base
            var sites = LedgerSite.all
            while !stop.isUp {
                sites.append(sites.removeFirst())
                let target = "/analytics" + sites[0].query("timestamp=\(moment)")
                let answer = try await conversation.ask(.GET, target)
                switch answer.status {
                case 200: counts.withLock { $0.answered += 1 }
                case 503 where answer["Retry-After"] != nil: counts.withLock { $0.refused += 1 }
                default: ledger.noteUnexpected("\(answer.status) \(answer.headers) \(answer.body)")
                }
                // Steps into the past by half an hour and a second, over six hours.
                moment = moment > ledger.base - 6 * 3_600 ? moment - 1_801 : ledger.base
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }
}
