import Analytics
import Logging
import Synchronization
import SystemPackage

// Batches that the database cannot store while it stores others: set aside, they do not block those behind them.
extension SpoolingStore {
    /// The time between two attempts to store the batches set aside.
    private static let interval: Duration = .seconds(600)

    /// Returns true if the batch at a position has failed for `longestTrouble`, and the database stores another batch.
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

    /// Writes a batch to a separate file, and moves the spool's position behind it.
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

    /// Removes the files of batches at or behind a position, which are delivered again.
    func settleSetAside(before position: SpoolPosition) throws {
        var kept: [SetAsideBatch] = []
        for batch in try setAsideFolder.all() {
            if batch.position < position { kept.append(batch) } else { try setAsideFolder.remove(batch) }
        }
        setAside.withLock { $0 = kept }
    }

    /// Tries to store the batches set aside, each under its original id, if the last attempt is `interval` ago.
    func deliverSetAside() async throws {
        guard nextSetAside.withLock({ $0 <= .now }) else { return }
        nextSetAside.withLock { $0 = .now + Self.interval }
        for batch in setAside.withLock(\.self) {
            guard let contents = try? batch.contents.get() else { continue }
            do {
                _ = try await store.append(contents)
            } catch is WriteError {
                continue
            }
            try setAsideFolder.remove(batch)
            setAside.withLock { $0.removeAll { $0.position == batch.position } }
            logger.notice("a batch that had been set aside has been stored", metadata: ["file": "\(batch.path)"])
        }
    }

    /// The files of the batches that have been set aside, oldest first, without those that this program cannot read.
    var filesSetAside: [String] {
        setAside.withLock { all in all.filter { (try? $0.contents.get()) != nil }.map(\.path.string) }
    }
    /// The reason that a batch set aside cannot be read; nil if all can.
    var unreadableSetAside: String? {
        setAside.withLock { all in
            for batch in all {
                if case .failure(let layout) = batch.contents { return "\(batch.path) is of \(layout)" }
            }
            return nil
        }
    }
    /// The number of events in the batches that have been set aside.
    var eventsSetAside: Int { setAside.withLock { $0.reduce(0) { $0 + $1.count } } }

    /// Returns true if a batch set aside may have events of the hour that ends at a moment.
    func lacksEvents(of site: SiteID, at moment: Timestamp) -> Bool {
        let hours = [moment.advanced(by: .zero - HourReport.length).hour, moment.hour]
        return setAside.withLock { $0.contains { $0.mayHaveEvents(of: site, in: hours) } }
    }
}
