import Synchronization

/// Pools that share one connection limit of the server, such as that of a role.
///
/// The limit may be lower than the total size of the pools. A pool without any connection that hits the limit gets the
/// place of another pool's connection: of an idle one at once, of a lent one when it is returned. Pools of higher rank
/// give up any connection, pools of lower rank keep one each.
final class ConnectionShare: Sendable {
    /// The time after a failed attempt for which a pool counts as waiting for a connection.
    private static let wantLasts: Duration = .seconds(2)

    private struct Member {
        weak var pool: Pool?
        var wantsUntil: ContinuousClock.Instant?
    }

    private let members = Mutex<[Member]>([])

    /// Adds a pool; pools with a lower rank are served first.
    func join(_ pool: Pool) {
        members.withLock { members in
            members.removeAll { $0.pool == nil }
            members.append(Member(pool: pool))
        }
    }

    /// Notes that a pool without any connection waits for one, and closes an idle connection of another pool.
    ///
    /// - Returns: True if one was closed.
    func makeRoom(for pool: Pool) -> Bool {
        let others = members.withLock { members in
            if let index = members.firstIndex(where: { $0.pool === pool }) {
                members[index].wantsUntil = .now + Self.wantLasts
            }
            return members.compactMap(\.pool).filter { $0 !== pool }.sorted { $0.rank > $1.rank }
        }
        return others.contains { $0.closeIdle(keeping: $0.rank > pool.rank ? 0 : 1) }
    }

    /// Notes that a pool has a connection and waits no more.
    func noteServed(_ pool: Pool) {
        members.withLock { members in
            guard let index = members.firstIndex(where: { $0.pool === pool }) else { return }
            members[index].wantsUntil = nil
        }
    }

    /// True if a pool with this many connections has to give one up to another pool.
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
