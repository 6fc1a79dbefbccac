import Foundation
import Subprocess
import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// A server in a separate process: the program as users run it.
package struct HourglassProcess: Sendable {
    package let port: Int
    /// The time from the start of the process until it was ready.
    package let startup: Duration
    private let identifier: ProcessIdentifier

    /// The parameters of a start.
    package struct Launch: Sendable {
        /// The arguments after `serve --port PORT`.
        package var arguments: [String]
        /// The port; 0 for any free one.
        package var port = 0
        /// The command that starts the program, such as `env NAME=value`; it must `exec` the program.
        package var prefix: [String] = []
        /// Called with every line of the log.
        package var log: @Sendable (String) -> Void = { _ in }

        package init(_ arguments: [String]) {
            self.arguments = arguments
        }
    }

    /// The end of a process.
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
    package static let path = URL(filePath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent()
        .appending(path: "hourglass").path(percentEncoded: false)

    /// The environment without the user's settings for hourglass.
    private static let environment: Environment = .inherit.updating([
        "DATABASE_URL": "", "HOURGLASS_DATABASE_URL": "", "PORT": "", "HOURGLASS_PORT": "",
        "DATABASE_URL_FILE": "", "HOURGLASS_DATABASE_URL_FILE": "", "HOURGLASS_DATABASE_PASSWORD": "",
        "HOURGLASS_DATABASE_PASSWORD_FILE": "",
    ])

    /// Runs a server while `body` runs, and then ends it with SIGTERM unless it has ended.
    ///
    /// - Parameters:
    ///   - arguments: The arguments after `serve --port 0`.
    ///   - body: Called with the server once it is ready.
    /// - Returns: The result of `body`, and the end of the process.
    /// - Throws: `NotReady`, or the error of `body`.
    package static func with<R: Sendable>(
        _ arguments: [String],
        _ body: (HourglassProcess) async throws -> R
    ) async throws -> (result: R, status: Ending) {
        try await with(Launch(arguments), body)
    }

    /// Runs a server with other parameters of its start.
    package static func with<R: Sendable>(
        _ launch: Launch,
        _ body: (HourglassProcess) async throws -> R
    ) async throws -> (result: R, status: Ending) {
        let start = ContinuousClock.now
        let command = launch.prefix + [path, "serve", "--port", "\(launch.port)"] + launch.arguments
        let outcome = try await Subprocess.run(
            .name("env"),
            arguments: Arguments(command),
            environment: environment,
            input: .none,
            output: .discarded,
            error: .sequence
        ) { execution in
            try await withThrowingTaskGroup { group in
                defer {
                    // The test may have ended it already.
                    try? execution.send(signal: .terminate)
                }
                let (ports, found) = AsyncStream.makeStream(of: Int.self)
                group.addTask {
                    // Reads to the end: a full pipe would block the server.
                    defer { found.finish() }
                    for try await line in execution.standardError.strings() {
                        launch.log(line)
                        if let port = Self.port(inReadyLine: line) { found.yield(port) }
                    }
                }
                var iterator = ports.makeAsyncIterator()
                guard let port = await iterator.next() else { throw NotReady() }
                let startup = start.duration(to: .now)
                return try await body(
                    HourglassProcess(port: port, startup: startup, identifier: execution.processIdentifier)
                )
            }
        }
        return (outcome.closureResult, Ending(outcome.terminationStatus))
    }

    private static func port(inReadyLine line: String) -> Int? {
        guard line.contains(#""message":"ready""#) else { return nil }
        return line.firstMatch(of: /"url":"http:\/\/[^":]*:(\d+)"/).flatMap { Int($0.1) }
    }

    /// The resident memory of the process, in bytes.
    package var residentBytes: Int {
        get throws {
            let status = try String(contentsOfFile: "/proc/\(identifier.value)/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
            return (kilobytes ?? 0) * 1024
        }
    }

    /// The number of its zombies: child processes that have ended and that it has not waited for.
    package var endedChildren: Int {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: "/proc").count { entry in
                // The process may have ended meanwhile, or the entry is not a process.
                let stat = try? String(contentsOfFile: "/proc/\(entry)/stat", encoding: .utf8)
                return stat?.contains(") Z \(identifier.value) ") == true
            }
        }
    }

    /// Sends the process a signal.
    package func send(_ signal: Int32) {
        kill(identifier.value, signal)
    }

    /// Runs another command, with a prefix as in `Launch`; returns its end and all of its output.
    package static func run(
        _ arguments: [String],
        prefix: [String] = []
    ) async throws -> (status: Ending, output: String) {
        let result = try await Subprocess.run(
            .name("env"),
            arguments: Arguments(prefix + [path] + arguments),
            environment: environment,
            output: .string(limit: 1 << 20),
            error: .combinedWithOutput
        )
        return (Ending(result.terminationStatus), result.standardOutput)
    }

    /// Runs a command, and signals it at the first line of its log with a given text; returns its end and the log.
    package static func run(
        _ arguments: [String],
        prefix: [String] = [],
        at text: String,
        sending signal: Int32
    ) async throws -> (status: Ending, log: [String]) {
        let outcome = try await Subprocess.run(
            .name("env"),
            arguments: Arguments(prefix + [path] + arguments),
            environment: environment,
            input: .none,
            output: .discarded,
            error: .sequence
        ) { execution in
            var log: [String] = []
            for try await line in execution.standardError.strings() {
                if line.contains(text), !log.contains(where: { $0.contains(text) }) {
                    kill(execution.processIdentifier.value, signal)
                }
                log.append(line)
            }
            return log
        }
        return (Ending(outcome.terminationStatus), outcome.closureResult)
    }

    /// Runs a command after the reader of its log has ended.
    ///
    /// `env` resets SIGPIPE, which this process ignores.
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
