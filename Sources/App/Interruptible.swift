import FoundationEssentials
import Logging
import ServiceLifecycle
import Synchronization
import UnixSignals

#if canImport(Glibc)
    import Glibc
#endif

/// A service that does some work, which signals shut down gracefully.
struct Interruptible: Service {
    /// The longest graceful shutdown: longer than a body may take to arrive and a batch in doubt is retried.
    private static let longestShutdown: Duration = .seconds(60)

    private let work: @Sendable () async throws -> Void

    func run() async throws {
        try await work()
    }

    /// Does some work, which SIGTERM, SIGINT and SIGHUP shut down gracefully, and SIGQUIT cancels.
    ///
    /// - Parameters:
    ///   - logger: The command's.
    ///   - takesHangUp: True if SIGHUP is left to the work, and ignored until the work takes it.
    ///   - work: The work.
    /// - Throws: The error of the work.
    static func run(
        logger: Logger,
        takesHangUp: Bool = false,
        _ work: @escaping @Sendable () async throws -> Void
    ) async throws {
        let endsWithHangUp = !takesHangUp && !isHangUpIgnored
        if takesHangUp { signal(SIGHUP, SIG_IGN) }
        try await run(
            [Interruptible(work: work)],
            whenDone: .gracefullyShutdownGroup,
            shutdownSignals: [.sigterm, .sigint] + (endsWithHangUp ? [.sighup] : []),
            cancellationSignals: [.sigquit],
            logger: logger
        )
    }

    /// Does some work like `run`, and returns its result.
    ///
    /// - Throws: The error of the work, or a `CancellationError` if a signal has ended it.
    static func value<R: Sendable>(logger: Logger, of work: @escaping @Sendable () async throws -> R) async throws -> R
    {
        let result = Result<R>()
        try await run(logger: logger) {
            try await cancelWhenGracefulShutdown {
                let value = try await work()
                result.value.withLock { $0 = value }
            }
        }
        guard let value = result.value.withLock({ $0 }) else { throw CancellationError() }
        return value
    }

    /// The result of work that a service does.
    private final class Result<R: Sendable>: Sendable {
        let value = Mutex<R?>(nil)
    }

    /// Runs services together.
    ///
    /// If one fails, the others are shut down gracefully, as by SIGTERM: cancelled, they would drop what they have
    /// taken.
    static func run(
        _ services: [any Service],
        whenDone: ServiceGroupConfiguration.ServiceConfiguration.TerminationBehavior = .cancelGroup,
        shutdownSignals: [UnixSignal] = [],
        cancellationSignals: [UnixSignal] = [],
        logger: Logger
    ) async throws {
        var configuration = ServiceGroupConfiguration(
            services: services.map {
                .init(
                    service: $0,
                    successTerminationBehavior: whenDone,
                    failureTerminationBehavior: .gracefullyShutdownGroup
                )
            },
            gracefulShutdownSignals: shutdownSignals,
            cancellationSignals: cancellationSignals,
            logger: logger
        )
        configuration.maximumGracefulShutdownDuration = longestShutdown
        try await ServiceGroup(configuration: configuration).run()
    }

    /// True for a process started by `nohup`, which is to outlive its terminal.
    private static var isHangUpIgnored: Bool {
        // No such file: not Linux, so the signal is taken as not ignored.
        guard let status = try? Data(contentsOf: URL(filePath: "/proc/self/status")) else { return false }
        let line = String(decoding: status, as: UTF8.self).split(separator: "\n").first { $0.hasPrefix("SigIgn:") }
        let mask = line?.split(separator: "\t").last.flatMap { UInt64($0, radix: 16) } ?? 0
        // The lowest bit is signal 1, SIGHUP.
        return mask & 1 == 1
    }
}
