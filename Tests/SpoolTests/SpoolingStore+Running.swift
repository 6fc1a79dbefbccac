import Logging
import ServiceLifecycle
import SystemPackage

@testable import Spool

extension SpoolingStore {
    /// Runs a spooling store while `body` runs, and then stops it.
    static func with<R: Sendable>(
        _ path: FilePath,
        _ store: FakeStore,
        limits: Spool.Limits = Spool.Limits(),
        longestTrouble: Duration = .seconds(60),
        _ body: @Sendable (SpoolingStore) async throws -> R
    ) async throws -> R {
        let spooling = SpoolingStore(
            try Spool(path, limits: limits),
            before: store,
            longestTrouble: longestTrouble,
            logger: Logger(label: "test") { _ in SwiftLogNoOpLogHandler() }
        )
        return try await withThrowingTaskGroup { group in
            group.addTask { await spooling.run() }
            let result = try await body(spooling)
            group.cancelAll()
            return result
        }
    }
}
