extension Connection {
    /// Runs what somebody does with the connection on its thread, and tells how it is afterwards.
    ///
    /// Crossing to the thread and back once, and not for each call and for the question, is a tenth of a small batch.
    func lend<R: Sendable>(
        _ body: @Sendable (Connection) async throws -> R
    ) async -> (result: Result<R, any Error>, isUsable: Bool) {
        let result: Result<R, any Error>
        do {
            result = .success(try await body(self))
        } catch {
            result = .failure(error)
        }
        return (result, isUsable)
    }
}
