/// The readiness of a server, as a command asks for it.
package struct ServerState: Sendable {
    /// `ready`, `degraded` or `unready`.
    package let status: String
    /// The checks that fail, with their reasons, in the order of their names.
    package let obstacles: [(name: String, reason: String)]

    /// Asks a server.
    ///
    /// - Parameter url: Its address.
    /// - Returns: The state.
    /// - Throws: `TopFailure`
    package static func read(_ url: String) async throws(TopFailure) -> ServerState {
        let endpoint = try Endpoint(url)
        do {
            let reading = try await ServerReading.read(APIClient(endpoint: endpoint), key: nil)
            let checks = reading.readiness?.checks ?? [:]
            let failed = checks.filter { $0.value.status != "ok" }.sorted { $0.key < $1.key }
            return ServerState(
                status: reading.readiness?.status ?? "without readiness",
                obstacles: failed.map { ($0.key, $0.value.detail ?? $0.value.status) }
            )
        } catch {
            throw .unanswered("\(error)")
        }
    }
}
