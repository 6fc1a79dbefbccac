import FoundationEssentials

/// The answers of a server at one moment: its metrics and its readiness, with those of this machine.
struct ServerReading: Sendable {
    /// The time of the reading by this machine's clock, in seconds since 1970.
    let at: Double
    /// The same by a clock that never goes back.
    let instant: ContinuousClock.Instant
    let metrics: Metrics
    /// The readiness; nil if it could not be read.
    let readiness: Readiness?
    /// The figures of this machine; nil for a server on another one, and if they are not asked for.
    var local: LocalReading?

    /// The answer of `/readyz`.
    struct Readiness: Decodable, Sendable {
        /// The state of something that requests need.
        struct Check: Decodable, Sendable {
            let status: String
            let detail: String?
        }

        let status: String
        let checks: [String: Check]
    }

    /// Reads a server.
    ///
    /// - Parameters:
    ///   - client: The client of the server.
    ///   - key: A key or nil.
    ///   - hasLocal: True to read the figures of this machine too, if the server is on it: all processes are looked at.
    /// - Returns: The reading.
    /// - Throws: `APIClient.Failure`
    static func read(_ client: APIClient, key: String?, hasLocal: Bool = false) async throws -> ServerReading {
        let answer = try await client.get("/metrics", key: key)
        guard answer.status == 200 else { throw APIClient.Failure.refused(status: answer.status) }
        let metrics = Metrics(answer.body)
        guard metrics.sum("hourglass_build_info") != nil else {
            throw APIClient.Failure.unreachable("what answers there is no hourglass")
        }
        let (instant, at) = (ContinuousClock.now, Date.now.timeIntervalSince1970)
        let state = try await client.get("/readyz", key: key)
        // A proxy may answer with something else.
        let readiness = try? JSONDecoder().decode(Readiness.self, from: Data(state.body.utf8))
        return ServerReading(
            at: at,
            instant: instant,
            metrics: metrics,
            readiness: readiness,
            local: hasLocal && client.endpoint.isLocal ? .read() : nil
        )
    }
}
