import ArgumentParser
import UnixSignals

/// Runs a task that Ctrl-C or SIGTERM cancels.
///
/// After a cancellation the task still ends its processes and removes its files.
func untilInterrupted(_ body: @escaping @Sendable () async throws -> Void) async throws {
    let signals = await UnixSignalsSequence(trapping: .sigint, .sigterm)
    try await withThrowingTaskGroup(of: Bool.self) { group in
        group.addTask {
            try await body()
            return true
        }
        group.addTask {
            for await _ in signals { break }
            return false
        }
        let isDone = try await group.next() ?? false
        group.cancelAll()
        if isDone { return }
        // After a cancellation the only error is the cancellation itself.
        try? await group.waitForAll()
        throw ExitCode(130)
    }
}
