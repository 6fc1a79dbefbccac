import Analytics
import Logging
import Postgres
import Synchronization

// Checks that run in the background, without a request.
extension PostgresStore {
    private static let pause: Duration = .seconds(1)
    private static let retentionInterval: Duration = .seconds(10)
    /// Asking for the size looks at every file of the database.
    private static let sizeInterval: Duration = .seconds(60)
    /// The time for which a stored batch proves that sessions can write; a batch without an answer for longer has
    /// stalled.
    private static let freshness: Duration = .seconds(5)
    private static let longestProbe: Duration = .seconds(2)

    /// Reads the border of retention every ten seconds and, while writing fails, tries to write every second, until
    /// cancelled.
    func watch() async {
        var nextLook = ContinuousClock.now
        var nextSize = ContinuousClock.now
        var knowsAllowance = false
        repeat {
            if writing.obstacle != nil { await tryToWrite() }
            guard ContinuousClock.now >= nextLook else { continue }
            nextLook = .now + Self.retentionInterval
            do {
                if !knowsAllowance { try await checkAllowance() }
                knowsAllowance = true
                try await lookAtRetention()
                if ContinuousClock.now >= nextSize {
                    nextSize = .now + Self.sizeInterval
                    await lookAtSize()
                }
                watching.succeeded()
            } catch {
                watching.failed()
                logger.debug("the database cannot be looked at", metadata: ["error": "\(descriptionForLog(error))"])
            }
            // Cancelled while waiting: the loop ends.
        } while (try? await Task.sleep(for: Self.pause)) != nil
    }

    /// Asks for the size of the database; a database that refuses to tell it lacks nothing else.
    private func lookAtSize() async {
        do {
            let found = try await ask { try await $0.execute(DatabaseSize()).first }
            size.withLock { $0 = found }
        } catch {
            logger.debug("the size of the database is not told", metadata: ["error": "\(descriptionForLog(error))"])
        }
    }

    /// Warns when the server may have fewer connections than it opens.
    private func checkAllowance() async throws {
        // Writers get a connection first: with a low limit, a reader's might not be free.
        let rows = try await ingest.withConnection { try await $0.execute(ConnectionAllowance()) }
        guard let allowance = rows.first, allowance < configuration.connections else { return }
        logger.warning(
            "the database allows fewer connections than this server opens: answers and maintenance may have to wait",
            metadata: ["allowed": "\(allowance)", "needed": "\(configuration.connections)"]
        )
    }

    /// Stores a batch without events, to find out that writing works again.
    ///
    /// A server that is not ready gets no requests that could find it out.
    private func tryToWrite() async {
        do {
            _ = try await attempt(Batch(entries: []))
            writing.succeeded()
        } catch {
            writing.failed(error)
        }
    }

    /// The reason for which nothing can be stored; nil when all is well.
    ///
    /// If nothing has been stored within `freshness`, a session that writes is asked if it can, for at most
    /// `longestProbe`.
    package func writingObstacle() async -> String? {
        if let obstacle = writing.obstacle { return obstacle }
        if writing.hasSucceeded(within: Self.freshness) { return nil }
        // A session that waits for a lock is writable, but stores nothing.
        if writing.hasStalled(for: Self.freshness) {
            return "the database leaves what is to be stored without an answer"
        }
        do {
            let isWritable = try await withThrowingTaskGroup { group in
                group.addTask {
                    try await self.ingest.withConnection { try await $0.execute(SessionIsWritable()) } == [true]
                }
                group.addTask {
                    try await Task.sleep(for: Self.longestProbe)
                    throw CancellationError()
                }
                defer { group.cancelAll() }
                return try await group.next() ?? false
            }
            if isWritable { return nil }
            return "the session is read-only"
        } catch is CancellationError {
            return "no connection for writing was free in time"
        } catch {
            writing.failed(error)
            return writing.obstacle
        }
    }
}
