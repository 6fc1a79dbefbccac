import HTTPTypes
import Logging
import Store
import Synchronization

/// Notes why requests were not served.
///
/// A refusal is ordinary; what the server could not do is worth somebody's attention, though not at each of thousands of
/// requests a second: of those with the same reason one is noted at a time, with how many there were since.
final class RefusalLog: Sendable {
    private static let interval: Duration = .seconds(10)

    private struct Reason {
        var next: ContinuousClock.Instant
        var suppressed = 0
    }

    private let logger: Logger
    /// By the problems' details, which are fixed texts for what the server could not do, and so not many.
    private let reasons = Mutex<[String: Reason]>([:])

    init(logger: Logger) {
        self.logger = logger
    }

    /// - Parameters:
    ///   - error: What happened.
    ///   - problem: What the client was told.
    ///   - method: Of the request.
    ///   - target: Of the request; its query is nobody's business.
    ///   - id: Of the request.
    ///   - now: The time.
    func note(
        _ error: any Error,
        _ problem: Problem,
        method: String,
        target: String,
        id: String,
        now: ContinuousClock.Instant = .now
    ) {
        let level = level(of: problem)
        let suppressed = level == .debug ? 0 : suppressed(problem.detail, now)
        guard let suppressed else { return }
        var metadata: Logger.Metadata = [
            "request_id": "\(id)", "method": "\(method)", "path": "\(target.prefix { $0 != "?" })",
            "status": "\(problem.status.code)", "error": "\(descriptionForLog(error))",
        ]
        if suppressed > 0 { metadata["more_before"] = "\(suppressed)" }
        logger.log(level: level, "request refused", metadata: metadata)
    }

    private func level(of problem: Problem) -> Logger.Level {
        switch problem.status.code {
        case 500: .error
        case 501...: .warning
        default: .debug
        }
    }

    /// How many of this reason have not been noted since the last; nil when this one is not to be noted either.
    private func suppressed(_ reason: String, _ now: ContinuousClock.Instant) -> Int? {
        reasons.withLock { reasons in
            if let known = reasons[reason], now < known.next {
                reasons[reason]?.suppressed += 1
                return nil
            }
            let suppressed = reasons[reason]?.suppressed ?? 0
            reasons[reason] = Reason(next: now + Self.interval)
            return suppressed
        }
    }
}
