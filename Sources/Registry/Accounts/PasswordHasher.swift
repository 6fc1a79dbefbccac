import Postgres
import Synchronization

/// Hashes and checks passwords on a thread of its own, one at a time: each takes memory and processor time on purpose.
actor PasswordHasher {
    /// The most checks that may wait.
    private static let mostWaiting = 16

    private let executor = ThreadExecutor()
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }
    private nonisolated let waiting = Atomic(0)
    /// The hash that is checked where there is none, so that unknown names take as long as known ones.
    private lazy var stranger = try? PasswordHash(of: "")

    /// Hashes a password.
    ///
    /// - Returns: The text of the hash.
    /// - Throws: `AccountFailure.busy`, or the error of the library.
    nonisolated func hash(_ password: String) async throws -> String {
        try await inTurn { try await self.hashed(password) }
    }

    /// Checks a password.
    ///
    /// - Parameters:
    ///   - password: The password.
    ///   - text: The text of the hash; nil to take as long in vain.
    /// - Returns: True if it is the right one.
    /// - Throws: `AccountFailure.busy`, or the error of the library.
    nonisolated func matches(_ password: String, _ text: String?) async throws -> Bool {
        try await inTurn { try await self.checked(password, text) }
    }

    private func hashed(_ password: String) throws -> String { try PasswordHash(of: password).text }

    private func checked(_ password: String, _ text: String?) throws -> Bool {
        let known = text.flatMap { PasswordHash($0) }
        let matches = try (known ?? stranger)?.matches(password) ?? false
        return matches && known != nil
    }

    private nonisolated func inTurn<R: Sendable>(_ work: @Sendable () async throws -> R) async throws -> R {
        let (_, count) = waiting.add(1, ordering: .relaxed)
        defer { waiting.subtract(1, ordering: .relaxed) }
        guard count <= Self.mostWaiting else { throw AccountFailure.busy }
        return try await work()
    }
}
