import Analytics
import ServiceLifecycle

extension Realtime {
    /// The figures and the last hits of a site, of a reading that streams have in common.
    ///
    /// - Parameters:
    ///   - site: The site.
    ///   - hasHits: True for the hits too.
    /// - Returns: The figures; old ones if newer cannot be had.
    /// - Throws: A `Problem` if there are too many streams, or a `QueryError` if there are no figures at all
    func snapshot(of site: Site, hasHits: Bool) async throws -> Broadcast.Snapshot {
        let stream = try open(site, [], hasHits: hasHits, after: nil)
        return try await withTaskCancellationHandler {
            try await withGracefulShutdownHandler {
                while await stream.next() != nil {
                    if let snapshot = try stream.snapshot { return snapshot }
                }
                throw QueryError.unavailable(reason: "the stream of live figures has ended")
            } onGracefulShutdown: {
                stream.end(.shutdown)
            }
        } onCancel: {
            stream.cancel()
        }
    }
}
