import ArgumentParser
import UnixSignals

/// Runs until it is done, or until Ctrl-C or SIGTERM cancels it.
///
/// Then it still ends what it has started and removes its files.
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
        // That it was cancelled is all that its error can say.
        try? await group.waitForAll()
        throw ExitCode(130)
    }
}
