import Postgres

extension Pool {
    /// Makes the pool of another purpose, which shares the connection limit of this one.
    func sibling(
        for purpose: ConnectionPurpose,
        _ configuration: PostgresStore.Configuration,
        waiters: Int = 1_000
    ) -> Pool {
        sibling(
            setup: purpose.setup,
            size: configuration.connections(for: purpose),
            waiters: waiters,
            rank: purpose.rank
        )
    }
}
