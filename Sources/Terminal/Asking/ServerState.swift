/// The readiness of a server, as a command asks for it.
package struct ServerState: Sendable {
    /// `ready`, `degraded` or `unready`.
    package let status: String
    /// The checks that fail, with their reasons, in the order of their names.
    package let obstacles: [(name: String, reason: String)]
    /// The files that it has open, and may have; nil if it does not tell.
    package let files: (open: Double, limit: Double)?

    package init(
        status: String,
        obstacles: [(name: String, reason: String)] = [],
        files: (open: Double, limit: Double)? = nil
    ) {
        self.status = status
        self.obstacles = obstacles
        self.files = files
    }

    /// Asks a server.
    ///
    /// - Parameter endpoint: The server.
    /// - Returns: The state.
    /// - Throws: `TopFailure.unanswered`, or `TopFailure.certificate` if it is not the expected server
    package static func read(_ endpoint: Endpoint) async throws(TopFailure) -> ServerState {
        do {
            let reading = try await ServerReading.read(APIClient(endpoint: endpoint), key: nil)
            let checks = reading.readiness?.checks ?? [:]
            let failed = checks.filter { $0.value.status != "ok" }.sorted { $0.key < $1.key }
            let files = Figures(reading, since: nil).files
            return ServerState(
                status: reading.readiness?.status ?? "without readiness",
                obstacles: failed.map { ($0.key, $0.value.detail ?? $0.value.status) },
                files: files.map { ($0.used, $0.limit) }
            )
        } catch {
            throw failure(error)
        }
    }

    /// Asks a server for its readiness alone.
    ///
    /// - Parameters:
    ///   - endpoint: The server.
    ///   - silence: The longest time without a byte of the answer.
    /// - Returns: True if it is ready, and the first line of the answer.
    /// - Throws: As `read` does.
    package static func isReady(
        _ endpoint: Endpoint,
        silence: Duration
    ) async throws(TopFailure) -> (isReady: Bool, line: String) {
        do {
            let answer = try await APIClient(endpoint: endpoint).get("/readyz", silence: silence)
            return (answer.status == 200, answer.line)
        } catch {
            throw failure(error)
        }
    }

    private static func failure(_ error: any Error) -> TopFailure {
        switch error {
        case APIClient.Failure.noCertificate, APIClient.Failure.otherCertificate: .certificate("\(error)")
        default: .unanswered("\(error)")
        }
    }
}
