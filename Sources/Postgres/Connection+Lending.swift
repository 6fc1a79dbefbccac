extension Connection {
    /// Runs what somebody does with the connection on its thread, and tells how it is afterwards.
    ///
    /// All of it is one crossing to the thread and back; asking `isUsable` from outside would be another.
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
