import Foundation
import Subprocess
import SystemPackage

#if canImport(Glibc)
    import Glibc
#endif

/// A server in a process of its own: the program as users run it.
package struct HourglassProcess: Sendable {
    package let port: Int
    /// From the start of the process until it was ready.
    package let startup: Duration
    private let identifier: ProcessIdentifier

    /// How a server is started.
    package struct Launch: Sendable {
        /// Follow `serve --port`.
        package var arguments: [String]
        /// 0 takes a free one.
        package var port = 0
        /// What the program is started by, such as `env NAME=value`; it must become the program.
        package var prefix: [String] = []
        /// Gets every line of the log.
        package var log: @Sendable (String) -> Void = { _ in }

        package init(_ arguments: [String]) {
            self.arguments = arguments
        }
    }

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

    /// Without the settings of whoever runs the tests.
    private static let environment: Environment = .inherit.updating([
        "DATABASE_URL": "", "HOURGLASS_DATABASE_URL": "", "PORT": "", "HOURGLASS_PORT": "",
        "DATABASE_URL_FILE": "", "HOURGLASS_DATABASE_URL_FILE": "", "HOURGLASS_DATABASE_PASSWORD": "",
        "HOURGLASS_DATABASE_PASSWORD_FILE": "",
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
        try await with(Launch(arguments), body)
    }

    /// The same, started in a way of one's own.
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
                    // It may be gone already, when that is what the test is about.
                    try? execution.send(signal: .terminate)
                }
                let (ports, found) = AsyncStream.makeStream(of: Int.self)
                group.addTask {
                    // To the end: a pipe that nobody empties would stop the server when it is full.
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

    /// The memory that the process occupies, in bytes.
    package var residentBytes: Int {
        get throws {
            let status = try String(contentsOfFile: "/proc/\(identifier.value)/status", encoding: .utf8)
            let line = status.split(separator: "\n").first { $0.hasPrefix("VmRSS:") }
            let kilobytes = line?.split(whereSeparator: \.isWhitespace).dropFirst().first.flatMap { Int($0) }
            return (kilobytes ?? 0) * 1024
        }
    }

    /// Processes that it is the parent of, that have ended, and that it has not waited for.
    package var endedChildren: Int {
        get throws {
            try FileManager.default.contentsOfDirectory(atPath: "/proc").count { entry in
                // It may be gone by now, or none.
                let stat = try? String(contentsOfFile: "/proc/\(entry)/stat", encoding: .utf8)
                return stat?.contains(") Z \(identifier.value) ") == true
            }
        }
    }

    /// Sends the process a signal.
    package func send(_ signal: Int32) {
        kill(identifier.value, signal)
    }

    /// Runs another command, by a prefix as in `Launch`; returns the end of it and all that it printed.
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

    /// Runs a command that gets a signal at the first line of its log with some text in it; returns the end and the log.
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
