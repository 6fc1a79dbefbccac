import FoundationEssentials
import Subprocess
import SystemPackage

/// A server in a separate process, on a free port.
struct ServerProcess: Sendable {
    let port: Int
    let id: Int32
    /// The time from the start of the process until it is ready.
    let readyAfter: Duration

    /// The server ended before it was ready.
    struct NotReady: Error, CustomStringConvertible {
        let program: FilePath
        let log: String

        var description: String { "\(program) did not start: \(log)" }
    }

    /// The text before the port in the ready line on standard error.
    static let readyMark = "http://127.0.0.1:"

    /// This program, whose subcommands are servers.
    static let own = FilePath((try? FileManager.default.destinationOfSymbolicLink(atPath: "/proc/self/exe")) ?? "")

    /// The environment without the user's settings for hourglass.
    private static let environment: Environment = .inherit.updating([
        "DATABASE_URL": "", "HOURGLASS_DATABASE_URL": "", "PORT": "", "HOURGLASS_PORT": "",
    ])

    var url: String { "http://127.0.0.1:\(port)" }

    /// Runs a server while `body` runs, and ends it with SIGTERM.
    ///
    /// - Parameters:
    ///   - program: The path of the server, which prints a ready line with its port on standard error.
    ///   - arguments: The arguments of the program.
    ///   - directory: The working directory, without a `.env` file.
    ///   - body: Called with the server once it is ready.
    /// - Returns: The result of `body`, after the process has ended.
    /// - Throws: `NotReady`, or the error of `body`.
    static func with<R: Sendable>(
        _ program: FilePath,
        _ arguments: [String],
        directory: FilePath,
        _ body: (ServerProcess) async throws -> R
    ) async throws -> R {
        let start = ContinuousClock.now
        return try await Subprocess.run(
            .path(program),
            arguments: Arguments(arguments),
            environment: environment,
            workingDirectory: directory,
            platformOptions: .ownSession,
            input: .none,
            output: .discarded,
            error: .sequence
        ) { execution in
            let (ports, found) = AsyncThrowingStream.makeStream(of: Int.self)
            let log = execution.standardError
            return try await withThrowingTaskGroup(of: Void.self) { group in
                group.addTask { await read(log, of: program, found) }
                var iterator = ports.makeAsyncIterator()
                guard let port = try await iterator.next(isolation: #isolation) else { throw CancellationError() }
                let id = execution.processIdentifier.value
                let result = try await body(ServerProcess(port: port, id: id, readyAfter: .now - start))
                try execution.send(signal: .terminate)
                try await group.waitForAll()
                return result
            }
        }.closureResult
    }

    /// Reads the log to its end, because a full pipe would block the server.
    private static func read(
        _ log: SubprocessOutputSequence,
        of program: FilePath,
        _ found: AsyncThrowingStream<Int, any Error>.Continuation
    ) async {
        var last = ""
        do {
            for try await line in log.strings() {
                last = line
                if let port = port(in: line) { found.yield(port) }
            }
        } catch {
            last += "\(error)"  // The process has ended, and reading with it.
        }
        found.finish(throwing: NotReady(program: program, log: last))
    }

    private static func port(in line: String) -> Int? {
        guard line.contains("ready"), let mark = line.firstRange(of: readyMark) else { return nil }
        return Int(line[mark.upperBound...].prefix { $0.isNumber })
    }
}

extension Duration {
    /// The duration in seconds, with fractions.
    var inSeconds: Double { self / .seconds(1) }
}

extension ContinuousClock.Instant {
    static func - (later: Self, earlier: Self) -> Duration { earlier.duration(to: later) }
}
