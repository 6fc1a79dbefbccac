import Synchronization

/// Pools whose connections the server counts together, as it does those of one role.
///
/// Its limit may be lower than the sizes of the pools together. So a pool that has no connection, and gets none because
/// of the limit, takes the place of one of another pool: of an idle one at once, of a lent one when it comes back. Any
/// connection of the pools behind it will do; the pools before it keep one each.
final class ConnectionShare: Sendable {
    /// Time for which a pool is taken to want a connection after it last failed to get one.
    private static let wantLasts: Duration = .seconds(2)

    private struct Member {
        weak var pool: Pool?
        var wantsUntil: ContinuousClock.Instant?
    }

    private let members = Mutex<[Member]>([])

    /// Adds a pool; the one with the least rank is served first.
    func join(_ pool: Pool) {
        members.withLock { members in
            members.removeAll { $0.pool == nil }
            members.append(Member(pool: pool))
        }
    }

    /// Notes that a pool without any connection wants one, and closes an idle one of another pool.
    ///
    /// - Returns: Whether one was closed.
    func makeRoom(for pool: Pool) -> Bool {
        let others = members.withLock { members in
            if let index = members.firstIndex(where: { $0.pool === pool }) {
                members[index].wantsUntil = .now + Self.wantLasts
            }
            return members.compactMap(\.pool).filter { $0 !== pool }.sorted { $0.rank > $1.rank }
        }
        return others.contains { $0.closeIdle(keeping: $0.rank > pool.rank ? 0 : 1) }
    }

    /// Notes that a pool has got a connection.
    func noteServed(_ pool: Pool) {
        members.withLock { members in
            guard let index = members.firstIndex(where: { $0.pool === pool }) else { return }
            members[index].wantsUntil = nil
        }
    }

    /// Decides whether a pool with so many connections would have one that it has to leave to another pool.
    func mustYield(_ pool: Pool, open: Int) -> Bool {
        members.withLock { members in
            let now = ContinuousClock.now
            return members.contains { member in
                guard let other = member.pool, other !== pool, let until = member.wantsUntil, now < until else {
                    return false
                }
                return open > (other.rank < pool.rank ? 0 : 1)
            }
        }
    }
}
