import Postgres
import Registry
import Support

extension RegistryEditor {
    /// An editor that waits for no server to see its changes: those of tests look when they are told to.
    convenience init(of database: TestDatabase) {
        self.init(pool: Pool(url: database.url, setup: Self.setup, size: 1), longestWait: .zero)
    }
}
