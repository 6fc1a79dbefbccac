import Subprocess
import Testing

/// A system command that injects a fault.
enum Command {
    struct Failure: Error {
        let command: [String]
        let output: String
    }

    /// Runs a command and waits for its end.
    ///
    /// - Throws: `Failure` if it does not succeed or cannot be started.
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
