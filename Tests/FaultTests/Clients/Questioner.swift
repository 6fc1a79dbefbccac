import NIOHTTP1
import Support
import Synchronization

/// Clients that ask for counts, of hours in memory and of hours in the database, until they are told to stop.
final class Questioner: Sendable {
    /// Answers so far.
    struct Figures {
        var answered = 0
        /// Answered 503.
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

    /// Asks over one connection.
    func run(until stop: StopSign) async throws {
        try await HTTPConversation.with(port: port) { conversation in
            var moment = ledger.base
            while !stop.isUp {
                let answer = try await conversation.ask(.GET, "/analytics?timestamp=\(moment)")
                switch answer.status {
                case 200: counts.withLock { $0.answered += 1 }
                case 503 where answer["Retry-After"] != nil: counts.withLock { $0.refused += 1 }
                default: ledger.wonder(at: "\(answer.status) \(answer.headers) \(answer.body)")
                }
                // Some seconds, and some hours, into the past.
                moment = moment > ledger.base - 6 * 3_600 ? moment - 1_801 : ledger.base
                try await Task.sleep(for: .milliseconds(5))
            }
        }
    }
}
