import Logging

/// Records requests answered by the gate or by the router: in the metrics, and in the log if they are refused.
package final class RequestRecorder: Sendable {
    private let meters: RequestMeters
    private let refusals: RefusalLog

    package init(meters: RequestMeters, refusals: RefusalLog) {
        self.meters = meters
        self.refusals = refusals
    }

    /// Counts requests that have been answered.
    package func count(_ labels: RequestLabels, times: Int = 1) { meters.requests.add(times, labels) }

    /// Notes the time from the head of a request to its answer.
    package func noteTime(_ duration: Duration, times: Int = 1) {
        meters.seconds.observe(duration / .seconds(1), times: times)
    }

    /// Logs a request that was refused.
    ///
    /// - Parameters:
    ///   - error: The cause.
    ///   - problem: The answer to the client.
    ///   - record: The request.
    package func noteRefusal(_ error: any Error, _ problem: Problem, of record: RequestRecord) {
        refusals.note(error, problem, of: record)
    }

    /// Logs a connection that was closed for its first bytes.
    func noteClosed(_ reason: StaticString, level: Logger.Level) { refusals.noteClosed(reason, level: level) }
}
