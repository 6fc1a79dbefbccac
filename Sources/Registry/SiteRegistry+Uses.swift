package import Analytics
import Postgres
import Synchronization

// The last uses of keys and share links, which owners of sites see in lists.
extension SiteRegistry {
    /// Notes that a key was used.
    package func noteUse(of key: RegistrySnapshot.Key, at now: Timestamp) {
        state.withLock { $0.usedKeys[key.id] = now }
    }

    /// Notes that a share link was used.
    package func noteUse(of share: RegistrySnapshot.Share, at now: Timestamp) {
        state.withLock { $0.usedShares[share.id] = now }
    }

    /// Tells the database of the uses since the last time.
    func tellUses() async throws {
        let (keys, shares) = state.withLock { state in
            defer { (state.usedKeys, state.usedShares) = ([:], [:]) }
            return (
                state.usedKeys.compactMap { key, at in Int32(exactly: key).map { (key: $0, at: at) } },
                state.usedShares.compactMap { share, at in Int32(exactly: share).map { (share: $0, at: at) } }
            )
        }
        if !keys.isEmpty {
            _ = try await pool.withConnection { try await $0.execute(NoteKeyUses(uses: keys)) }
        }
        if !shares.isEmpty {
            _ = try await pool.withConnection { try await $0.execute(NoteShareUses(uses: shares)) }
        }
    }
}
