import Foundation
import Subprocess
import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// A server in a process of its own: the program as users run it.
package struct HourglassProcess: Sendable {
    package let port: Int
    private let identifier: ProcessIdentifier

    /// How a process ended.
    package enum Ending: Sendable, Equatable {
        case exited(Int32)
        case killed(by: Int32)

        fileprivate init(_ status: TerminationStatus) {
            switch status {
            case .exited(let code): self = .exited(code)
            case .signaled(let signal): self = .killed(by: signal)
            }
        }
    }

    /// The server ended before it was ready.
    package struct NotReady: Error {}

    /// The program, which is built together with the tests.
    private static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "hourglass").path(percentEncoded: false)
    private static let executable: Executable = .path(FilePath(path))

    /// Without the settings of whoever runs the tests.
    private static let environment: Environment = .inherit.updating([
        "DATABASE_URL": "", "HOURGLASS_DATABASE_URL": "", "PORT": "", "HOURGLASS_PORT": "",
    ])

    /// Runs a server as long as `body` does, and ends it with SIGTERM unless it is gone by then.
    ///
    /// - Parameters:
    ///   - arguments: Follow `serve --port 0`.
    ///   - body: Gets the server when it is ready.
    /// - Returns: What `body` returned, and how the process ended.
    /// - Throws: `NotReady`, or what `body` throws.
    package static func with<R: Sendable>(
        _ arguments: [String],
        _ body: (HourglassProcess) async throws -> R
    ) async throws -> (result: R, status: Ending) {
        let outcome = try await Subprocess.run(
            executable,
            arguments: Arguments(["serve", "--port", "0"] + arguments),
            environment: environment,
            input: .none,
            output: .discarded,
            error: .sequence
        ) { execution in
            var port: Int?
            var lines = execution.standardError.strings().makeAsyncIterator()
            while port == nil, let line = try await lines.next() { port = Self.port(inReadyLine: line) }
            guard let port else { throw NotReady() }
            defer {
                // It may be gone already, when that is what the test is about.
                try? execution.send(signal: .terminate)
            }
            return try await body(HourglassProcess(port: port, identifier: execution.processIdentifier))
        }
        return (outcome.closureResult, Ending(outcome.terminationStatus))
    }

    private static func port(inReadyLine line: String) -> Int? {
        guard line.contains(#""message":"ready""#), let address = line.range(of: "127.0.0.1:") else { return nil }
        return Int(line[address.upperBound...].prefix { $0.isNumber })
    }

    /// Sends the process a signal.
    package func send(_ signal: Int32) {
        kill(identifier.value, signal)
    }

    /// How a run of another command ended, and all that it printed.
    package static func run(_ arguments: [String]) async throws -> (status: Ending, output: String) {
        let result = try await Subprocess.run(
            executable,
            arguments: Arguments(arguments),
            environment: environment,
            output: .string(limit: 1 << 20),
            error: .combinedWithOutput
        )
        return (Ending(result.terminationStatus), result.standardOutput)
    }

    /// The same, when whoever read the log has left.
    ///
    /// `env` undoes that this process ignores SIGPIPE.
    package static func runWithoutReaderOfLog(
        _ arguments: [String]
    ) async throws -> (status: Ending, output: String) {
        let pipe = try FileDescriptor.pipe()
        try pipe.readEnd.close()
        let result = try await Subprocess.run(
            .name("env"),
            arguments: Arguments(["--default-signal=PIPE", path] + arguments),
            environment: environment,
            output: .string(limit: 1 << 20),
            error: .fileDescriptor(pipe.writeEnd, closeAfterSpawningProcess: true)
        )
        return (Ending(result.terminationStatus), result.standardOutput)
    }
}
