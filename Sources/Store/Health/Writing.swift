import Logging
import Synchronization

/// The state of writing: the trouble that keeps batches from being stored, noted by those who write.
///
/// Each trouble is logged when it begins, in the words of the server, and when it is over; a recurring one at most once
/// a minute.
final class Writing: Sendable {
    private static let interval: Duration = .seconds(60)
    /// The number of different troubles that are remembered.
    private static let mostReasons = 100

    private struct Trouble {
        let reason: String
        let since: ContinuousClock.Instant
        /// True if the log has it.
        let isLogged: Bool
    }

    private struct State {
        var trouble: Trouble?
        var lastSuccess: ContinuousClock.Instant?
        var logged: [String: ContinuousClock.Instant] = [:]
        /// The start of each batch that is being stored, by its ticket.
        var underWay: [Int: ContinuousClock.Instant] = [:]
        var lastTicket = 0

        /// Decides whether a trouble is logged now.
        mutating func mustLog(_ reason: String) -> Bool {
            let now = ContinuousClock.now
            if let last = logged[reason], last.duration(to: now) < Writing.interval { return false }
            if logged.count >= Writing.mostReasons { logged = [:] }
            logged[reason] = now
            return true
        }
    }

    private let logger: Logger
    private let state = Mutex(State())

    init(logger: Logger) {
        self.logger = logger
    }

    /// The reason for which nothing can be stored, without the details that belong into the log only; nil when all is
    /// well.
    var obstacle: String? { state.withLock { $0.trouble?.reason } }

    /// True if something has been stored within a time, and nothing has failed since.
    func hasSucceeded(within time: Duration) -> Bool {
        state.withLock { state in
            guard state.trouble == nil, let last = state.lastSuccess else { return false }
            return last.duration(to: .now) < time
        }
    }

    /// True if a batch has been under way for longer than a time, and none has been stored since it began.
    func hasStalled(for time: Duration) -> Bool {
        state.withLock { state in
            guard let oldest = state.underWay.values.min(), oldest.duration(to: .now) > time else { return false }
            return state.lastSuccess.map { $0 < oldest } ?? true
        }
    }

    /// Notes that a batch is about to be stored.
    ///
    /// - Returns: A ticket for `end`.
    func begin(at start: ContinuousClock.Instant) -> Int {
        state.withLock { state in
            state.lastTicket += 1
            state.underWay[state.lastTicket] = start
            return state.lastTicket
        }
    }

    /// Notes the end of a batch, stored or not.
    func end(_ ticket: Int) {
        state.withLock { _ = $0.underWay.removeValue(forKey: ticket) }
    }

    /// Notes that a batch has been stored.
    func succeeded() {
        let over = state.withLock { state in
            state.lastSuccess = .now
            defer { state.trouble = nil }
            return state.trouble
        }
        guard let over, over.isLogged else { return }
        let seconds = over.since.duration(to: .now) / .seconds(1)
        logger.notice("events can be stored again", metadata: ["seconds": "\(Int(seconds.rounded(.up)))"])
    }

    /// Notes that a batch could not be stored within its retry time.
    func failed(_ error: any Error) {
        let reason = DatabaseFailure(error)?.reason ?? "\(error)"
        let mustLog = state.withLock { state in
            guard state.trouble?.reason != reason else { return false }
            let mustLog = state.mustLog(reason)
            state.trouble = Trouble(reason: reason, since: state.trouble?.since ?? .now, isLogged: mustLog)
            return mustLog
        }
        guard mustLog else { return }
        logger.error("events cannot be stored", metadata: ["error": "\(descriptionForLog(error))"])
    }
}
