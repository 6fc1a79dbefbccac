import Logging
import ServiceLifecycle
import SystemPackage

@testable import Spool

extension SpoolingStore {
    /// Lends a forwarder that runs, and stops it in order.
    static func with<R: Sendable>(
        _ path: FilePath,
        _ store: FakeStore,
        limits: Spool.Limits = Spool.Limits(),
        longestTrouble: Duration = .seconds(60),
        _ body: @Sendable (SpoolingStore) async throws -> R
    ) async throws -> R {
        let forwarder = SpoolingStore(
            try Spool(path, limits: limits),
            longestTrouble: longestTrouble,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() },
            store: { try store.store($0) },
            locate: { _, first, _ in try store.locate(first: first) }
        )
        return try await withThrowingTaskGroup { group in
            group.addTask { await forwarder.run() }
            let result = try await body(forwarder)
            group.cancelAll()
            return result
        }
    }
}
