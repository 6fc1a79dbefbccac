extension Connection {
    /// Runs `body` on the connection's thread, and checks afterwards that the connection is still usable.
    ///
    /// One switch to the thread and back; asking `isUsable` separately would take a second one.
    ///
    /// - Parameter body: The use of the connection; not called if the server has ended the session.
    /// - Returns: The result of `body`, nil if it was not called; and true if the connection may be lent again.
    func lend<R: Sendable>(
        _ body: @Sendable (Connection) async throws -> R
    ) async -> (result: Result<R, any Error>?, isUsable: Bool) {
        // Nothing has been sent yet, so the caller can safely retry; after sending, the outcome would be unknown.
        if hasEnded { return (nil, false) }
        let result: Result<R, any Error>
        do {
            result = .success(try await body(self))
        } catch {
            result = .failure(error)
        }
        return (result, isUsable)
    }
}
