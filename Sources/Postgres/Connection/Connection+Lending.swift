extension Connection {
    /// Runs what somebody does with the connection on its thread, and tells how it is afterwards.
    ///
    /// All of it is one crossing to the thread and back; asking `isUsable` from outside would be another.
    ///
    /// - Parameter body: The use of the connection; not called when the server has ended the session meanwhile.
    /// - Returns: The result of `body`, nil if it was not called; and whether the connection may be lent again.
    func lend<R: Sendable>(
        _ body: @Sendable (Connection) async throws -> R
    ) async -> (result: Result<R, any Error>?, isUsable: Bool) {
        // What is sent over a session that has ended would be in doubt; this way it has certainly not been sent.
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
