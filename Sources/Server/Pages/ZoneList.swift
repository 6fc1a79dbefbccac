import Registry
import Synchronization

/// The names of the time zones that the database knows, for the choice in forms.
final class ZoneList: Sendable {
    private let accounts: Accounts
    private let known = Mutex<[String]?>(nil)

    init(_ accounts: Accounts) { self.accounts = accounts }

    /// The names in alphabetical order, which the database is asked for once.
    ///
    /// - Throws: A `RegistryFailure`
    func names() async throws -> [String] {
        if let names = known.withLock({ $0 }) { return names }
        let names = try await accounts.zones()
        known.withLock { $0 = names }
        return names
    }
}
