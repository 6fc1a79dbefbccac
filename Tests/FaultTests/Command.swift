import Subprocess
import Testing

/// A program of the system that a fault is made with.
enum Command {
    struct Failure: Error {
        let command: [String]
        let output: String
    }

    /// Runs a command to its end.
    ///
    /// - Throws: `Failure` when it does not succeed, or cannot be started.
    @discardableResult
    static func run(_ command: [String]) async throws -> String {
        let result = try await Subprocess.run(
            .name("env"),
            arguments: Arguments(command),
            output: .string(limit: 1 << 20),
            error: .combinedWithOutput
        )
        guard result.terminationStatus.isSuccess else {
            throw Failure(command: command, output: result.standardOutput)
        }
        return result.standardOutput
    }
}
