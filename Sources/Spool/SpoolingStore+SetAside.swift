import Analytics
import Logging
import Synchronization
import SystemPackage

// Batches that the database cannot store while it stores others: they must not keep what comes behind them.
extension SpoolingStore {
    /// The time between two tries to store what has been set aside.
    private static let interval: Duration = .seconds(600)

    /// Tells whether what lies at a position has been in trouble for long, and another batch is not.
    func isTroubleOfItsOwn(at position: SpoolPosition) async -> Bool {
        guard trouble.note(at: position) >= longestTrouble else { return false }
        do {
            _ = try await store.append(Batch(entries: []))
            return true
        } catch {
            // The database stores nothing at all: that is an outage.
            return false
        }
    }

    /// Keeps a batch in a file of its own, and goes on behind it.
    func setAside(_ group: SpoolBatch) async throws {
        let kept = try setAsideFolder.add(
            group.withoutRange,
            at: group.from,
            written: group.oldest ?? Timestamp(milliseconds: 0)
        )
        _ = try await store.append(group.withoutEvents)
        setAside.withLock { $0.append(kept) }
        trouble.over()
        logger.error(
            "a batch that the database could not store for long has been set aside, delivery goes on behind it",
            metadata: ["file": "\(kept.path)", "events": "\(group.count)"]
        )
    }

    /// Takes back what was about to be set aside and lies from a position on: it is delivered again.
    func settleSetAside(before position: SpoolPosition) throws {
        var kept: [SetAsideBatch] = []
        for batch in try setAsideFolder.all() {
            if batch.position < position { kept.append(batch) } else { try setAsideFolder.remove(batch) }
        }
        setAside.withLock { $0 = kept }
    }

    /// Tries now and then to store what has been set aside, each under the id that it has kept.
    func deliverSetAside() async throws {
        guard nextSetAside.withLock({ $0 <= .now }) else { return }
        nextSetAside.withLock { $0 = .now + Self.interval }
        for batch in setAside.withLock(\.self) {
            do {
                _ = try await store.append(batch.batch)
            } catch is WriteError {
                continue
            }
            try setAsideFolder.remove(batch)
            setAside.withLock { $0.removeAll { $0.position == batch.position } }
            logger.notice("a batch that had been set aside has been stored", metadata: ["file": "\(batch.path)"])
        }
    }

    /// The files of the batches that have been set aside, oldest first.
    var filesSetAside: [String] { setAside.withLock { $0.map(\.path.string) } }
    /// Events that have been acknowledged and set aside.
    var eventsSetAside: Int { setAside.withLock { $0.reduce(0) { $0 + $1.batch.count } } }

    /// Tells whether acknowledged events of the hour that ends at a moment are neither in the database nor on their way.
    func lacksEvents(of site: SiteID, at moment: Timestamp) -> Bool {
        let hours = [moment.advanced(by: .zero - HourReport.length).hour, moment.hour]
        return setAside.withLock { all in
            all.contains { $0.batch.site == site && !$0.hours.isDisjoint(with: hours) }
        }
    }
}
