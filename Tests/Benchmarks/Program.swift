import Subprocess
import SystemPackage

/// A program that ended with an error.
struct ProgramFailure: Error, CustomStringConvertible {
    let program: String
    let output: String

    var description: String { "\(program) failed: \(output)" }
}

/// Runs a program and returns what it printed.
func output(of program: String, _ arguments: [String], input: String = "") async throws -> String {
    let executable: Executable = program.contains("/") ? .path(FilePath(program)) : .name(program)
    let result = try await Subprocess.run(
        executable,
        arguments: Arguments(arguments),
        platformOptions: .ownSession,
        input: .string(input),
        output: .string(limit: 1 << 20),
        error: .combinedWithOutput
    )
    guard result.terminationStatus.isSuccess else {
        throw ProgramFailure(program: program, output: result.standardOutput)
    }
    return result.standardOutput
}

extension PlatformOptions {
    /// Options for a separate session, so that Ctrl-C reaches only this process, which then ends the others cleanly.
    static var ownSession: PlatformOptions {
        var options = PlatformOptions()
        options.createSession = true
        options.teardownSequence = [.gracefulShutDown(allowedDurationToNextStep: .seconds(70))]
        return options
    }
}
