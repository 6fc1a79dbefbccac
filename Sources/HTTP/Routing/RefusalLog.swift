import HTTPTypes
package import Logging
import Synchronization

/// The log of refused requests and connections, and their reasons.
///
/// Client errors go to debug. Server errors and refused connections are logged at most once per reason and ten seconds,
/// with the number left out in between.
package final class RefusalLog: Sendable {
    private static let interval: Duration = .seconds(10)

    private struct Reason {
        var next: ContinuousClock.Instant
        var suppressed = 0
    }

    private let logger: Logger
    /// The reasons logged so far, such as the detail of a problem; these are a few fixed texts.
    private let reasons = Mutex<[String: Reason]>([:])

    package init(logger: Logger) {
        self.logger = logger
    }

    /// Logs a refusal, unless it is left out.
    ///
    /// - Parameters:
    ///   - error: The cause.
    ///   - problem: The answer to the client.
    ///   - record: The request.
    ///   - now: The time.
    func note(
        _ error: any Error,
        _ problem: Problem,
        of record: RequestRecord,
        now: ContinuousClock.Instant = .now
    ) {
        let level = level(of: problem)
        let suppressed = level == .debug ? 0 : suppressed(problem.detail, now)
        guard let suppressed else { return }
        var metadata: Logger.Metadata = [
            "request_id": "\(record.id)", "method": "\(record.method)", "path": "\(record.path)",
            "status": "\(problem.status.code)", "error": "\(error)",
        ]
        if suppressed > 0 { metadata["more_before"] = "\(suppressed)" }
        logger.log(level: level, "request refused", metadata: metadata)
    }

    /// Logs a connection that was closed before its first request, unless it is left out.
    ///
    /// The other end is a proxy whose settings do not fit ours, or should not reach this port.
    ///
    /// - Parameters:
    ///   - reason: The reason.
    ///   - level: The level of the log.
    ///   - now: The time.
    func noteClosed(_ reason: StaticString, level: Logger.Level = .warning, now: ContinuousClock.Instant = .now) {
        guard let suppressed = suppressed("\(reason)", now) else { return }
        var metadata: Logger.Metadata = ["reason": "\(reason)"]
        if suppressed > 0 { metadata["more_before"] = "\(suppressed)" }
        logger.log(level: level, "connection refused", metadata: metadata)
    }

    private func level(of problem: Problem) -> Logger.Level {
        switch problem.status.code {
        case 500: .error
        case 501...: .warning
        default: .debug
        }
    }

    /// The number of refusals for a reason left out since the last logged one; nil if this one is left out too.
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
