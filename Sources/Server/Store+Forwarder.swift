package import Logging
package import Spool
package import Store

extension PostgresStore {
    /// What keeps batches in a spool while the database of this store is away.
    package func forwarder(_ spool: Spool, logger: Logger) -> SpoolingStore {
        SpoolingStore(
            spool,
            executor: writers.first,
            logger: logger,
            store: { try await self.append($0) },
            locate: { try await self.locate($0, first: $1, isEmpty: $2) }
        )
    }
}
