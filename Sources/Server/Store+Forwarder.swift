package import Logging
package import Spool
package import Store

extension Store {
    /// What keeps batches in a spool while the database of this store is away.
    package func forwarder(_ spool: Spool, logger: Logger) -> Forwarder {
        Forwarder(
            spool,
            executor: writers.first,
            logger: logger,
            store: { try await append($0) },
            locate: { try await locate($0, first: $1, isEmpty: $2) }
        )
    }
}
