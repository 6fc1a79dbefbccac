/// The metrics of requests.
package final class RequestMeters: Sendable {
    /// Bounds of histograms of times, in seconds: from the time of a fast commit to the longest wait for one.
    package static let secondBounds = [
        0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10, 30,
    ]

    let requests = Counter<RequestLabels>("hourglass_http_requests_total", "Requests answered.")
    let seconds = Histogram(
        "hourglass_http_request_duration_seconds",
        "Time from the head of a request to its answer.",
        bounds: RequestMeters.secondBounds
    )

    package init() {}

    /// The metrics in the order of their exposition.
    package var families: [any Exposable] { [requests, seconds] }
}
